// Passwords in the arguments of commands, as shells with a trace, process lists and crash reports write them into logs:
// `mysql -pSECRET`, `sshpass -p SECRET`, `redis-cli -a SECRET`, `curl -u user:SECRET`, `--password SECRET`. What has an
// equals sign (`--password=SECRET`, `PGPASSWORD=SECRET psql`) is found by its name (namedvalues.h).
#pragma once

#include "checks/values/span.h"

#include <string_view>
#include <vector>

namespace cockpit {

struct CommandLogin
{
    std::string_view option; // "-p"; of the text
    std::string_view value;  // without its quotes; of the text
    size_t start = 0;        // of the value in the text
    // A program of which the option is known; else the option's own name alone says so, and the value may be a word of
    // a help text.
    bool isOfProgram = false;
};

// By place. Linear in the text.
std::vector<CommandLogin> commandLoginsIn(std::string_view text);

} // namespace cockpit
