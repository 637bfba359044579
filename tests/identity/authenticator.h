#pragma once
#include "protocol/identity/factors.h"

#include <openssl/evp.h>

#include <memory>
#include <string>

namespace splot::identity {

/// A passkey of our own making: one ES256 key, as a telephone would hold it. Every part of what it says can be spoilt.
class Authenticator {
public:
    Authenticator();

    struct Says {
        std::string origin;
        std::string rp_id;
        std::string challenge;
        bool verified = true; ///< the user by PIN or finger
        std::uint32_t counter = 0;
    };
    door::NewPasskey make(const Says& says, const std::string& name = "telefon") const;
    door::PasskeyAnswer answer(const Says& says) const;

private:
    std::string data_for(const Says& says, bool with_key) const;
    std::string cose_key() const;

    std::shared_ptr<EVP_PKEY> key_;
    std::string credential_;
};

} // namespace splot::identity
