#pragma once
#include "protocol/identity/door.h"

#include <string>
#include <string_view>
#include <vector>

namespace splot {

/// What `/` answers where no web client was built.
struct FrontPage {
    bool demonstration = false;    ///< shows the strip "Dane pokazowe" (D-02) and the people to enter as (D-38)
    std::string version;           ///< "0.1"
    std::string address;           ///< of this hub, for the first command: "http://localhost:8444"
    std::vector<door::Card> cards; ///< only in the demonstration; those without a sentence are left out
};

/// A whole HTML page in Polish for anybody who opens the address: what Splot is and how to talk through it now.
/// It has no script and no style of its own, as the content security policy wants; its style sheet is `/front.css`.
std::string front_page(const FrontPage& page);

/// `/front.css`, text/css.
std::string_view front_css();

} // namespace splot
