// Files of lines "NAME=value", as dotenv (npm, Python, Ruby), Docker and shells read them.
//
// A line may begin with "export". A value in single quotes or backticks is taken as it is, one in double quotes knows
// \n, \r, \t, \" and \\; each may run over several lines. Without quotes a value ends at " #". ${NAME}, ${NAME:-other}
// and $NAME stand for the value of that name in the same file, except in single quotes; one that is not there stays.
// Of a name that stands there twice the last counts. "NAME: value" is read, too.
#pragma once

#include "checks/secrets/settings/rawsetting.h"

#include <string_view>

namespace cockpit::env {

RawSettings parseDotenv(std::string_view text);

// [A-Za-z_][A-Za-z0-9_.-]*
bool isSettingName(std::string_view name);

} // namespace cockpit::env
