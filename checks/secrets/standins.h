// Words and samples that stand where a secret belongs: resources/rules/stand-ins.json. Internal to the folder.
#pragma once

#include "models/result.h"

#include <QByteArray>

#include <string>
#include <vector>

namespace cockpit {

// How a word has to stand in a value to make it one that stands for another.
enum class Fit {
    Never,
    Inside, // anywhere
    Start,  // neither letter nor digit before it: "your_" is no part of "harbour_7"
    Word,   // neither before nor behind it: "todo" is no part of "todoplanner"
    Whole,  // the value is nothing else: a product may be called "Todo Planner"
};

struct StandIn
{
    std::string word; // in lower case
    Fit inSecret = Fit::Inside;
    Fit inSetting = Fit::Never; // of which nobody said that it is a secret
};

struct StandIns
{
    std::vector<StandIn> words;
    std::vector<std::string> noValues;    // the whole value, or the whole password of an address, without - and _
    std::vector<std::string> noHosts;     // of an address in a documentation
    std::vector<std::string> sampleUsers; // of an address in a documentation
    std::vector<std::string> weakPasswords;
    std::vector<std::string> ownMachine;   // "localhost"; "127." is a network
    std::vector<std::string> knownSamples; // of well-known documentations, as they are
};

// BadInput names the member that is missing, unknown, of another type, or there twice.
[[nodiscard]] Result<StandIns> parseStandIns(const QByteArray &json);
// Those that come with the program. Any thread.
const StandIns &standIns();

} // namespace cockpit
