// Logins of test accounts in code for browsers.
#pragma once

#include "checks/values/span.h"

#include <functional>
#include <string_view>

namespace cockpit {

struct TestLogin
{
    std::string_view name;     // that the password is given to; empty: a field that is filled in
    std::string_view password; // as it stands there
    std::string_view user;     // beside it: an address, or a word such as "admin"; may be empty
};

using OnTestLogin = std::function<void(const TestLogin &)>;

// A password is one of a test account by its name (demoPassword, VITE_TEST_USER_PASSWORD), by a user who stands beside
// it in the same object ({email:"demo@shop.test",password:"demo1234"}), or because a field for passwords is filled in.
// Words of forms and their translations are none. Linear in the text; the views are of it.
void findTestLogins(std::string_view text, const OnTestLogin &onLogin);

} // namespace cockpit
