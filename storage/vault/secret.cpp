#include "storage/vault/secret.h"

#include <openssl/crypto.h>

namespace splot::vault {

void wipe(std::span<std::byte> bytes) { OPENSSL_cleanse(bytes.data(), bytes.size()); }

} // namespace splot::vault
