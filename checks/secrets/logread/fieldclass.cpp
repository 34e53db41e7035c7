#include "checks/secrets/logread/fieldclass.h"

#include "checks/values/bytekinds.h"
#include "models/strictobject.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FieldClass)
};

using enum FieldClass;

struct ClassWord
{
    QLatin1StringView word;
    FieldClass field;
};
constexpr std::array kClasses{ClassWord{"none"_L1, None},
                              ClassWord{"password"_L1, Password},
                              ClassWord{"token"_L1, Token},
                              ClassWord{"one_time_code"_L1, OneTimeCode},
                              ClassWord{"card_code"_L1, CardCode},
                              ClassWord{"identity"_L1, Identity},
                              ClassWord{"phone"_L1, Phone},
                              ClassWord{"prompt"_L1, Prompt},
                              ClassWord{"system_prompt"_L1, SystemPrompt},
                              ClassWord{"body"_L1, Body},
                              ClassWord{"authorization"_L1, Authorization},
                              ClassWord{"cookie"_L1, Cookie},
                              ClassWord{"set_cookie"_L1, SetCookie}};

// By the last two letters of a name most names are known to be none of these.
size_t pairAt(std::string_view text)
{
    const auto letter = [](char c) { return static_cast<size_t>(static_cast<unsigned char>(c) & 0x1fU); };
    return text.size() < 2 ? 0 : letter(text[text.size() - 2]) * 32 + letter(text[text.size() - 1]);
}

void readField(StrictObject &object, FieldRules &rules)
{
    const QString word = object.text(u"class"_s);
    const auto *const known = std::ranges::find(kClasses, word, &ClassWord::word);
    if (known == kClasses.end())
        object.complain(u"class"_s, Text::tr("is not a known word"));
    if (!object.has(u"ends"_s) && !object.has(u"whole"_s))
        object.complain(u"ends"_s, Text::tr("is missing"));
    for (const bool isWhole : {false, true}) {
        const QString member = isWhole ? u"whole"_s : u"ends"_s;
        if (!object.has(member))
            continue;
        for (std::string &name : object.lowerTexts(member)) {
            const auto isSame = [&](const FieldRules::Name &other) {
                return other.name == name && other.isWhole == isWhole;
            };
            if (std::ranges::any_of(rules.names, isSame))
                object.complain(member, Text::tr("names %1 for the second time").arg(QString::fromStdString(name)));
            rules.pairs[pairAt(name)] = true;
            rules.names.push_back({std::move(name), known == kClasses.end() ? None : known->field, isWhole});
        }
    }
    object.refuseOthers();
}

// Of the program's own data, which a test reads as strictly: without them no field says anything.
const FieldRules &knownRules()
{
    static const FieldRules known = [] {
        QFile file(u":/rules/field-names.json"_s);
        auto read = parseFieldRules(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
        Q_ASSERT(read);
        return read ? std::move(*read) : FieldRules();
    }();
    return known;
}

bool isSameWord(std::string_view text, std::string_view lowerWord)
{
    return std::ranges::equal(text, lowerWord, {}, lowerByte);
}

} // namespace

Result<FieldRules> parseFieldRules(const QByteArray &json)
{
    FirstError error;
    FieldRules read;
    StrictObject document(QJsonDocument::fromJson(json).object(), u"field-names"_s, error);
    document.wholeNumber(u"schema"_s);
    document.each(u"fields"_s, [&](StrictObject &object) { readField(object, read); });
    read.openingParameters = document.lowerTexts(u"opening_parameters"_s);
    read.hidingWords = document.lowerTexts(u"hiding_words"_s);
    read.wordsAbout = document.lowerTexts(u"words_about"_s);
    document.refuseOthers();
    if (!error.isEmpty())
        return failure(ErrorKind::BadInput, error.sentence());
    return read;
}

FieldClass fieldClassOf(std::string_view plain)
{
    const FieldRules &known = knownRules();
    if (!known.pairs[pairAt(plain)])
        return None;
    const auto fits = [plain](const FieldRules::Name &one) {
        return one.isWhole ? plain == one.name : plain.ends_with(one.name);
    };
    const auto it = std::ranges::find_if(known.names, fits);
    return it == known.names.end() ? None : it->field;
}

bool isOpeningParameter(std::string_view plain)
{
    const FieldClass field = fieldClassOf(plain);
    const auto &parameters = knownRules().openingParameters;
    return field == Token || field == Password || std::ranges::find(parameters, plain) != parameters.end();
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
    return std::ranges::any_of(knownRules().hidingWords, isThere);
}

bool isNoValue(std::string_view value)
{
    constexpr size_t longestWord = 12;
    if (value.empty() || value.front() == '$' || value.front() == '%' || value.front() == '<' || value.front() == '{' ||
        value.front() == '[')
        return true;
    return value.size() <= longestWord && std::ranges::any_of(knownRules().wordsAbout, [value](std::string_view word) {
               return isSameWord(value, word);
           });
}

} // namespace cockpit
