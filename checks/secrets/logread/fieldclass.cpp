#include "checks/secrets/logread/fieldclass.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

struct Ending
{
    std::string_view end;
    FieldClass field;
    bool isWhole = false; // the whole name, not its end
};

using enum FieldClass;

// The first that fits counts.
constexpr std::array kEndings{
    Ending{"authorization"sv, Authorization},
    Ending{"setcookie"sv, SetCookie},
    Ending{"cookie"sv, Cookie},
    Ending{"cookies"sv, Cookie, true},
    // Of pages of a list, of forms, and of counts: they open nothing.
    Ending{"nexttoken"sv, None},
    Ending{"pagetoken"sv, None},
    Ending{"continuationtoken"sv, None},
    Ending{"synctoken"sv, None},
    Ending{"cancellationtoken"sv, None},
    Ending{"canceltoken"sv, None},
    Ending{"csrftoken"sv, None},
    Ending{"xsrftoken"sv, None},
    Ending{"devicetoken"sv, None},
    Ending{"publickey"sv, None},
    Ending{"password"sv, Password},
    Ending{"passwd"sv, Password},
    Ending{"passphrase"sv, Password},
    Ending{"passcode"sv, Password},
    Ending{"passwordconfirmation"sv, Password},
    Ending{"passwordconfirm"sv, Password},
    Ending{"pwd"sv, Password, true}, // in a shell it is a folder: see isPath()
    Ending{"dbpwd"sv, Password},
    Ending{"userpwd"sv, Password},
    Ending{"pass"sv, Password, true},
    Ending{"dbpass"sv, Password},
    Ending{"smtppass"sv, Password},
    Ending{"mailpass"sv, Password},
    Ending{"secret"sv, Token},
    Ending{"token"sv, Token},
    Ending{"apikey"sv, Token},
    Ending{"accesskey"sv, Token},
    Ending{"secretkey"sv, Token},
    Ending{"secretaccesskey"sv, Token},
    Ending{"privatekey"sv, Token},
    Ending{"signingkey"sv, Token},
    Ending{"encryptionkey"sv, Token},
    Ending{"servicerolekey"sv, Token},
    Ending{"authkey"sv, Token},
    Ending{"masterkey"sv, Token},
    Ending{"sessionid"sv, Token},
    Ending{"sessionkey"sv, Token},
    Ending{"credentials"sv, Token, true},
    Ending{"jwt"sv, Token, true},
    Ending{"otp"sv, OneTimeCode, true},
    Ending{"totp"sv, OneTimeCode, true},
    Ending{"otpcode"sv, OneTimeCode},
    Ending{"mfacode"sv, OneTimeCode},
    Ending{"twofactorcode"sv, OneTimeCode},
    Ending{"verificationcode"sv, OneTimeCode},
    Ending{"onetimepassword"sv, OneTimeCode},
    Ending{"pin"sv, OneTimeCode, true},
    Ending{"pincode"sv, OneTimeCode, true},
    Ending{"cvv"sv, CardCode},
    Ending{"cvc"sv, CardCode},
    Ending{"cvv2"sv, CardCode},
    Ending{"cvc2"sv, CardCode},
    Ending{"cardsecuritycode"sv, CardCode},
    Ending{"ssn"sv, Identity, true},
    Ending{"socialsecuritynumber"sv, Identity},
    Ending{"socialsecurity"sv, Identity},
    Ending{"iban"sv, Identity},
    Ending{"dob"sv, Identity, true},
    Ending{"dateofbirth"sv, Identity},
    Ending{"birthdate"sv, Identity},
    Ending{"birthday"sv, Identity},
    Ending{"passportnumber"sv, Identity},
    Ending{"nationalid"sv, Identity},
    Ending{"taxid"sv, Identity},
    Ending{"phone"sv, Phone},
    Ending{"phonenumber"sv, Phone},
    Ending{"mobile"sv, Phone, true},
    Ending{"mobilenumber"sv, Phone},
    Ending{"telephone"sv, Phone},
    Ending{"systemprompt"sv, SystemPrompt},
    Ending{"systeminstruction"sv, SystemPrompt},
    Ending{"systemmessage"sv, SystemPrompt},
    Ending{"prompt"sv, Prompt},
    Ending{"requestbody"sv, Body},
    Ending{"reqbody"sv, Body},
    Ending{"rawbody"sv, Body},
    Ending{"body"sv, Body, true},
    Ending{"payload"sv, Body, true},
};

constexpr std::array kParameters{"code"sv,          "key"sv, "sig"sv,    "signature"sv, "reset"sv, "auth"sv,
                                 "xamzsignature"sv, "sid"sv, "invite"sv, "magic"sv,     "ticket"sv};

// Words that programs put where the value was.
constexpr std::array kHidingWords{
    "redact"sv,   "filtered"sv,        "masked"sv,   "[hidden"sv,   "<hidden"sv,
    "(hidden"sv,  "sensitive value"sv, "[secret"sv,  "<secret"sv,   "[protected"sv,
    "[omitted"sv, "<omitted"sv,        "[removed"sv, "[scrubbed"sv, "\xe2\x80\xa2\xe2\x80\xa2"sv};

// Words that speak about a value, in messages of forms and programs.
constexpr std::array kWordsAbout{
    "null"sv,         "undefined"sv, "none"sv,    "nil"sv,       "true"sv,     "false"sv,    "empty"sv,   "required"sv,
    "missing"sv,      "invalid"sv,   "wrong"sv,   "incorrect"sv, "blank"sv,    "string"sv,   "changed"sv, "updated"sv,
    "reset"sv,        "ok"sv,        "failed"sv,  "expired"sv,   "unknown"sv,  "valid"sv,    "created"sv, "deleted"sv,
    "rotated"sv,      "sent"sv,      "set"sv,     "unset"sv,     "yes"sv,      "no"sv,       "present"sv, "hidden"sv,
    "password"sv,     "secret"sv,    "token"sv,   "number"sv,    "boolean"sv,  "object"sv,   "bearer"sv,  "basic"sv,
    "is"sv,           "was"sv,       "must"sv,    "not"sv,       "the"sv,      "user"sv,     "error"sv,   "errors"sv,
    "unauthorized"sv, "forbidden"sv, "success"sv, "accepted"sv,  "rejected"sv, "mismatch"sv, "weak"sv,    "revoked"sv,
};

bool isSameWord(std::string_view text, std::string_view lowerWord)
{
    return std::ranges::equal(text, lowerWord, {}, lowerByte);
}

// By the last two letters of a name most names are known to be none of these.
constexpr size_t pairAt(std::string_view text)
{
    const auto letter = [](char c) { return static_cast<size_t>(static_cast<unsigned char>(c) & 0x1fU); };
    return text.size() < 2 ? 0 : letter(text[text.size() - 2]) * 32 + letter(text[text.size() - 1]);
}

constexpr std::array<bool, 1024> makePairs()
{
    std::array<bool, 1024> pairs{};
    for (const Ending &one : kEndings)
        pairs[pairAt(one.end)] = true;
    return pairs;
}

constexpr std::array<bool, 1024> kPairs = makePairs();

} // namespace

FieldClass fieldClassOf(std::string_view plain)
{
    if (!kPairs[pairAt(plain)])
        return None;
    const auto fits = [plain](const Ending &one) { return one.isWhole ? plain == one.end : plain.ends_with(one.end); };
    const auto *const it = std::ranges::find_if(kEndings, fits);
    return it == kEndings.end() ? None : it->field;
}

bool isOpeningParameter(std::string_view plain)
{
    const FieldClass field = fieldClassOf(plain);
    return field == Token || field == Password || std::ranges::find(kParameters, plain) != kParameters.end();
}

bool isHiddenValue(std::string_view value)
{
    constexpr size_t fewest = 3;
    constexpr size_t read = 64;
    if (value.size() >= fewest && value.find("***"sv) != std::string_view::npos)
        return true;
    const auto isFiller = [](char c) { return c == '*' || c == 'x' || c == 'X' || c == '#' || c == '.'; };
    if (value.size() >= fewest && std::ranges::all_of(value, isFiller))
        return true;
    const std::string_view start = value.substr(0, read); // no copy is made: it may be the value itself
    const auto isThere = [start](std::string_view word) {
        const auto isSame = [](char one, char other) { return lowerByte(one) == other; };
        return std::search(start.begin(), start.end(), word.begin(), word.end(), isSame) != start.end();
    };
    return std::ranges::any_of(kHidingWords, isThere);
}

bool isNoValue(std::string_view value)
{
    constexpr size_t longestWord = 12;
    if (value.empty() || value.front() == '$' || value.front() == '%' || value.front() == '<' || value.front() == '{' ||
        value.front() == '[')
        return true;
    return value.size() <= longestWord &&
           std::ranges::any_of(kWordsAbout, [value](std::string_view word) { return isSameWord(value, word); });
}

} // namespace cockpit
