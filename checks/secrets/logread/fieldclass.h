// What the name of a field says about its value, and whether the value was hidden: by the words of
// resources/rules/field-names.json.
#pragma once

#include "models/result.h"

#include <QByteArray>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace cockpit {

enum class FieldClass {
    None,
    Password,
    Token,       // an access token, a key, a secret
    OneTimeCode, // sent to a person or made by an app
    CardCode,    // the three or four digits beside a card's number
    Identity,    // of a person: social security, passport, bank account, date of birth
    Phone,
    Prompt,       // to a language model
    SystemPrompt, // the product's own
    Body,         // of a whole request
    Authorization,
    Cookie,
    SetCookie,
};

struct FieldRules
{
    struct Name
    {
        std::string name; // as plainName() makes it
        FieldClass field = FieldClass::None;
        bool isWhole = false; // the whole name, not its end
    };
    std::vector<Name> names;        // the first that fits counts
    std::array<bool, 1024> pairs{}; // of last letters that a name has
    std::vector<std::string> openingParameters;
    std::vector<std::string> hidingWords; // that programs put where the value was
    std::vector<std::string> wordsAbout;  // that speak about a value, in messages of forms and programs
};
// BadInput names the place that is not right.
[[nodiscard]] Result<FieldRules> parseFieldRules(const QByteArray &json);

// plain: as plainName() makes it.
FieldClass fieldClassOf(std::string_view plain);

// A parameter of an address that opens something: plain as above. Beside what fieldClassOf() knows, "code", "key",
// "sig" and "reset", which mean so in addresses alone.
bool isOpeningParameter(std::string_view plain);

// "***", "[REDACTED]", "[Filtered]", "(sensitive value)", "xxxx": somebody hid the value.
bool isHiddenValue(std::string_view value);

// Nothing is there: empty, null, undefined, a template, or a word that speaks about the field ("required").
bool isNoValue(std::string_view value);

} // namespace cockpit
