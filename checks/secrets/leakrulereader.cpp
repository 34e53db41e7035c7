#include "checks/secrets/leakrulereader.h"

#include "checks/secrets/exampletemplate.h"
#include "checks/secrets/patternparts.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

#include <hs/hs.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakRules)
};

constexpr double kMostEntropy = 8; // bits in a byte

constexpr std::array<std::pair<QLatin1StringView, LeakKind>, 4> kKinds{{{"secret"_L1, LeakKind::Secret},
                                                                        {"public"_L1, LeakKind::PublicByDesign},
                                                                        {"test_mode"_L1, LeakKind::TestMode},
                                                                        {"jwt"_L1, LeakKind::Jwt}}};

constexpr std::array<std::pair<QLatin1StringView, Opens>, 12> kOpens{{{"money"_L1, Opens::Money},
                                                                      {"customer_data"_L1, Opens::CustomerData},
                                                                      {"infrastructure"_L1, Opens::Infrastructure},
                                                                      {"source_code"_L1, Opens::SourceCode},
                                                                      {"sending_mail"_L1, Opens::SendingMail},
                                                                      {"messages"_L1, Opens::Messages},
                                                                      {"ai_bills"_L1, Opens::AiBills},
                                                                      {"sign_in"_L1, Opens::SignIn},
                                                                      {"domain"_L1, Opens::Domain},
                                                                      {"files"_L1, Opens::Files},
                                                                      {"logs"_L1, Opens::Logs},
                                                                      {"nothing"_L1, Opens::Nothing}}};

const QSet<QString> kMembers{u"id"_s,       u"name"_s,   u"service"_s,  u"kind"_s,     u"severity"_s,
                             u"keywords"_s, u"near"_s,   u"pattern"_s,  u"caseless"_s, u"minEntropy"_s,
                             u"opens"_s,    u"rotate"_s, u"matching"_s, u"passing"_s,  u"refusesWords"_s,
                             u"runsOn"_s,   u"chosen"_s, u"classes"_s};
const QSet<QString> kClassMembers{u"id"_s, u"class"_s, u"severity"_s, u"name"_s, u"service"_s, u"opens"_s, u"rotate"_s};

template<typename List>
auto valueOf(const List &list, const QString &word) -> std::optional<decltype(list.front().second)>
{
    const auto found = std::ranges::find_if(list, [&word](const auto &entry) { return word == entry.first; });
    return found == list.end() ? std::nullopt : std::optional(found->second);
}

// What PCRE2 says about a pattern; empty: it compiles.
QString pcreProblem(const QByteArray &pattern, bool isCaseless)
{
    int error = 0;
    PCRE2_SIZE at = 0;
    pcre2_code *code =
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.constData()), static_cast<PCRE2_SIZE>(pattern.size()),
                      PCRE2_NEVER_UTF | (isCaseless ? PCRE2_CASELESS : 0U), &error, &at, nullptr);
    pcre2_code_free(code);
    return code ? QString() : Text::tr("it cannot be compiled, see its character %1.").arg(at + 1);
}

// The same of Hyperscan, which also refuses what it could only guess at: look-around, back references.
QString hyperscanProblem(const QByteArray &pattern, bool isCaseless)
{
    hs_expr_info_t *seen = nullptr;
    hs_compile_error_t *error = nullptr;
    if (hs_expression_info(pattern.constData(), isCaseless ? HS_FLAG_CASELESS : 0U, &seen, &error) != HS_SUCCESS) {
        const QString why = error ? QString::fromLatin1(error->message) : QString();
        hs_free_compile_error(error);
        return Text::tr("it cannot be searched for: %1").arg(why);
    }
    const bool isEmptyMatch = seen->min_width == 0;
    std::free(seen); // NOLINT(cppcoreguidelines-no-malloc): what Hyperscan's documentation asks for
    return isEmptyMatch ? Text::tr("it matches an empty text.") : QString();
}

// Reads the members of one rule and remembers the first that is wrong.
class RuleReader
{
public:
    RuleReader(const QJsonObject &json, PatternCheck check) : m_json(json), m_check(check)
    {
        m_rule.id = word("id"_L1);
    }

    // What tokens of this rule are by their claims: what is not said is as it is of the rule.
    Result<LeakRule> readClass(const LeakRule &rule)
    {
        const QString id = m_rule.id;
        m_rule = rule;
        m_rule.id = id;
        m_rule.opens.clear();
        m_rule.rotate.clear();
        m_rule.classes.clear();
        refuseUnknown(kClassMembers);
        m_rule.tokenClass = word("class"_L1);
        m_rule.severity = oneOf("severity"_L1, fromWord<Severity>(word("severity"_L1))).value_or(Severity::Critical);
        m_rule.name = word("name"_L1);
        m_rule.service = word("service"_L1);
        readOpens();
        readRotate();
        if (m_error)
            return tl::unexpected(*m_error);
        return m_rule;
    }

    Result<LeakRule> read()
    {
        refuseUnknown(kMembers);
        m_rule.name = word("name"_L1);
        m_rule.service = word("service"_L1);
        m_rule.kind = oneOf("kind"_L1, valueOf(kKinds, word("kind"_L1))).value_or(LeakKind::Secret);
        m_rule.severity = oneOf("severity"_L1, fromWord<Severity>(word("severity"_L1))).value_or(Severity::Critical);
        readKeywords();
        readPatterns();
        readOpens();
        readRotate();
        readClasses();
        m_rule.matching = examples("matching"_L1);
        m_rule.passing = examples("passing"_L1);
        for (const QByteArray &example : m_rule.matching)
            m_rule.mostRandom = std::max(m_rule.mostRandom, randomCharactersIn(example));
        if (m_error)
            return tl::unexpected(*m_error);
        return m_rule;
    }

private:
    void refuse(const QString &member, const QString &why)
    {
        if (!m_error)
            m_error = Error{ErrorKind::BadInput,
                            Text::tr("Rule \"%1\" for secrets, member \"%2\": %3").arg(m_rule.id, member, why)};
    }

    void refuseUnknown(const QSet<QString> &known)
    {
        for (const QString &member : m_json.keys()) {
            if (!known.contains(member))
                refuse(member, Text::tr("it is not known."));
        }
    }

    bool isThere(QLatin1StringView member) const { return m_json.contains(member); }

    // Text that must be there and not be empty.
    QString word(QLatin1StringView member)
    {
        QString text = m_json.value(member).toString();
        if (text.isEmpty())
            refuse(member,
                   isThere(member) ? Text::tr("it must be text that is not empty.") : Text::tr("it is missing."));
        return text;
    }

    bool flag(QLatin1StringView member)
    {
        if (isThere(member) && !m_json.value(member).isBool())
            refuse(member, Text::tr("it must be true or false."));
        return m_json.value(member).toBool();
    }

    template<typename Value>
    std::optional<Value> oneOf(QLatin1StringView member, std::optional<Value> value)
    {
        if (!value)
            refuse(member, Text::tr("\"%1\" is not one of its words.").arg(m_json.value(member).toString()));
        return value;
    }

    // A list that must be there, with texts that are not empty.
    QStringList words(QLatin1StringView member)
    {
        QStringList all;
        for (const QJsonValue value : m_json.value(member).toArray())
            all.append(value.toString());
        if (!isThere(member))
            refuse(member, Text::tr("it is missing."));
        else if (all.isEmpty() || all.contains(QString()))
            refuse(member, Text::tr("it must be a list of texts, none of them empty."));
        return all;
    }

    void readKeywords()
    {
        for (const QString &keyword : words("keywords"_L1)) {
            if (keyword != keyword.toLower())
                refuse(u"keywords"_s, Text::tr("\"%1\" must be written in lower case.").arg(keyword));
            m_rule.keywords.push_back(keyword.toUtf8());
        }
    }

    void readPatterns()
    {
        m_rule.isCaseless = flag("caseless"_L1);
        m_rule.refusesWords = flag("refusesWords"_L1);
        m_rule.runsOn = flag("runsOn"_L1);
        m_rule.isChosen = flag("chosen"_L1);
        const QByteArray pattern = word("pattern"_L1).toUtf8();
        m_rule.pattern = withParts(pattern);
        m_rule.searched = withCoarseParts(pattern);
        if (isThere("near"_L1))
            m_rule.near = word("near"_L1).toUtf8();
        if (m_check == PatternCheck::Whole)
            checkPatterns();
        const QJsonValue entropy = m_json.value("minEntropy"_L1);
        m_rule.minEntropy = entropy.toDouble();
        const bool isEntropy = entropy.isDouble() && m_rule.minEntropy > 0 && m_rule.minEntropy < kMostEntropy;
        if (isThere("minEntropy"_L1) && !isEntropy)
            refuse(u"minEntropy"_s, Text::tr("it must be a number between 0 and 8."));
    }

    void checkPatterns()
    {
        refuseProblem("pattern"_L1, pcreProblem(m_rule.pattern, m_rule.isCaseless));
        refuseProblem("pattern"_L1, hyperscanProblem(m_rule.pattern, m_rule.isCaseless));
        if (isThere("near"_L1))
            refuseProblem("near"_L1, pcreProblem(m_rule.near, true));
    }

    void refuseProblem(QLatin1StringView member, const QString &problem)
    {
        if (!problem.isEmpty())
            refuse(member, problem);
    }

    void readOpens()
    {
        for (const QString &opened : words("opens"_L1)) {
            if (const auto value = valueOf(kOpens, opened))
                m_rule.opens.push_back(*value);
            else
                refuse(u"opens"_s, Text::tr("\"%1\" is not one of its words.").arg(opened));
        }
    }

    void readRotate()
    {
        if (!isThere("rotate"_L1))
            return;
        m_rule.rotate = QUrl(word("rotate"_L1), QUrl::StrictMode);
        if (!m_rule.rotate.isValid() || m_rule.rotate.scheme() != "https"_L1 || m_rule.rotate.host().isEmpty())
            refuse(u"rotate"_s, Text::tr("it must be an address that begins with https://."));
    }

    void readClasses()
    {
        const QJsonArray classes = m_json.value("classes"_L1).toArray();
        if (isThere("classes"_L1) && (classes.isEmpty() || m_rule.kind != LeakKind::Jwt))
            refuse(u"classes"_s, Text::tr("it must be a list of a rule of the kind \"jwt\", and not be empty."));
        for (const QJsonValue value : classes) {
            const QJsonObject object = value.toObject();
            auto one = RuleReader(object, m_check).readClass(m_rule);
            if (one)
                m_rule.classes.push_back(std::move(*one));
            else if (!m_error)
                m_error = one.error();
        }
    }

    std::vector<QByteArray> examples(QLatin1StringView member)
    {
        std::vector<QByteArray> all;
        for (const QString &example : words(member)) {
            all.push_back(example.toUtf8());
            if (const QByteArray unknown = unknownTemplate(all.back()); !unknown.isEmpty())
                refuse(member, Text::tr("%1 is not a known template.").arg(QString::fromUtf8(unknown)));
        }
        return all;
    }

    const QJsonObject &m_json;
    const PatternCheck m_check;
    LeakRule m_rule;
    std::optional<Error> m_error;
};

} // namespace

Result<LeakRule> readLeakRule(const QJsonObject &json, PatternCheck check)
{
    return RuleReader(json, check).read();
}

} // namespace cockpit
