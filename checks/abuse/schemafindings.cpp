#include "checks/abuse/schemafindings.h"

#include "checks/abuse/badreads.h"
#include "checks/abuse/schemawords.h"
#include "checks/actors/casetally.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AbuseSchema)
};

constexpr qsizetype kMostShown = 3;

QString whatOf(const Mutation &mutation)
{
    const QString kind = describe(mutation.kind);
    return mutation.path.isEmpty() ? kind
                                   : Text::tr("%1: %2", "a field: what was wrong with it").arg(mutation.field(), kind);
}

// Of one answer.
QString differencesOf(const AnswerComparison &one)
{
    constexpr qsizetype kMostDifferences = 4;
    QString text = one.differences.mid(0, kMostDifferences).join(u", "_s);
    if (const auto more = static_cast<int>(one.differences.size() - kMostDifferences); more > 0)
        text += u", "_s + Text::tr("and %n more difference(s)", nullptr, more);
    return text;
}

bool saysOtherLimit(const HttpResponse &answer)
{
    for (const QLatin1StringView name : {"limit"_L1, "per_page"_L1, "perPage"_L1, "page_size"_L1, "pageSize"_L1}) {
        const auto value = memberIn(answer, name);
        if (value && value->isDouble())
            return value->toDouble() < kHugePage;
    }
    return false;
}

} // namespace

QString codeOf(MutationKind kind)
{
    switch (kind) {
    case MutationKind::WrongType:
    case MutationKind::WrongFlag:
    case MutationKind::WrongNumber:
    case MutationKind::WrongList:
    case MutationKind::WrongObject:
    case MutationKind::Operator:
    case MutationKind::Null:
        return u"wrong_type_accepted"_s;
    case MutationKind::Missing:
        return u"missing_accepted"_s;
    case MutationKind::Empty:
    case MutationKind::TooShort:
    case MutationKind::OtherWord:
    case MutationKind::BadFormat:
        return u"bad_format_accepted"_s;
    case MutationKind::TooLong:
    case MutationKind::OverLongest:
        return u"too_long_accepted"_s;
    case MutationKind::Negative:
    case MutationKind::Zero:
    case MutationKind::UnderLeast:
    case MutationKind::OverMost:
    case MutationKind::PastInt32:
    case MutationKind::HugeNumber:
    case MutationKind::Infinite:
    case MutationKind::NanText:
    case MutationKind::InfinityText:
    case MutationKind::NanToken:
        return u"out_of_range_accepted"_s;
    case MutationKind::ExtraField:
        return u"extra_field_accepted"_s;
    case MutationKind::Malformed:
    case MutationKind::TrailingComma:
    case MutationKind::EmptyBody:
    case MutationKind::ListBody:
    case MutationKind::DoubledField:
    case MutationKind::DeepBody:
    case MutationKind::ManyItems:
    case MutationKind::PrototypeNull:
    case MutationKind::Nul:
    case MutationKind::Surrogate:
        return u"malformed_accepted"_s;
    case MutationKind::TextType:
    case MutationKind::FormBody:
    case MutationKind::JsonBody:
    case MutationKind::XmlBody:
    case MutationKind::OtherCharset:
        return u"wrong_content_type_accepted"_s;
    case MutationKind::HugeBody:
    case MutationKind::VastBody:
        return u"huge_body_accepted"_s;
    case MutationKind::Quote:
    case MutationKind::Marks:
    case MutationKind::OddLetters:
    case MutationKind::PathUp:
        return {}; // ordinary texts: to be kept
    }
    Q_UNREACHABLE();
}

void SchemaFindings::add(const QString &code, Proof proof, const Asked &asked)
{
    Case one{{routeName(asked.route), code, hostOf(asked.answer.url), asked.by}, asked.what, proof};
    const auto alike = std::ranges::count_if(m_cases, [&](const Case &other) {
        return other.found.code == code && other.found.route == one.found.route && other.found.host == one.found.host;
    });
    if (alike < kMostShown) {
        ActiveRequest shown = asked.request;
        constexpr qsizetype kLongestShown = 2000;
        if (shown.body.size() > kLongestShown)
            shown.body = shown.body.left(kLongestShown) + "...";
        one.evidence = requestProof(shown, asked.answer, {.actor = m_run.actor, .known = m_run.known});
    }
    m_cases.push_back(std::move(one));
}

bool SchemaFindings::addMarks(const InputMarks &marks, const Asked &asked)
{
    const auto before = m_cases.size();
    if (marks.isEvaluated)
        add(u"template_evaluated"_s, Proof::Proven, asked);
    if (!marks.databaseText.isEmpty()) {
        Asked named = asked;
        named.what += u": "_s + marks.databaseText;
        add(u"sql_error"_s, Proof::Strong, named);
    }
    if (marks.isStoredInPage)
        add(u"html_stored"_s, Proof::Strong, asked);
    else if (marks.isReflected)
        add(u"html_reflected"_s, Proof::Lead, asked);
    return m_cases.size() > before;
}

void SchemaFindings::addTried(const TriedMutation &one, const PlaceRun &place)
{
    const Asked asked{place.place.route, one.mutation.name(), whatOf(one.mutation), one.tried.request,
                      one.tried.answer};
    const bool isMarked = addMarks(inputMarksOf(one, m_rules), asked);
    const InputVerdict verdict = inputVerdictOf(one, place);
    if (verdict == InputVerdict::Crashed && !isMarked)
        add(u"crash"_s, Proof::Strong, asked);
    if (one.isSlow)
        add(u"slow_answer"_s, Proof::Lead, asked);
    if (verdict == InputVerdict::Kept && one.mutation.mustBeRefused)
        add(codeOf(one.mutation.kind), Proof::Proven,
            {asked.route, asked.by, asked.what, asked.request, one.tried.after ? *one.tried.after : one.tried.answer});
}

void SchemaFindings::addRead(const AskedRead &read)
{
    const Asked asked{read.route, kBySearch, Text::tr("q: text with the signs of code"), read.request, read.answer};
    const bool isMarked = addMarks(inputMarksOf(read, m_rules), asked);
    if (!isMarked && read.answer.status >= 500 && read.answer.status != 501 && !read.answer.header("retry-after"))
        add(u"crash"_s, Proof::Lead, asked);
}

// Whoever has few records cannot tell a list that stops at a hundred from one that does not.
void SchemaFindings::addPage(const AskedPageSize &page)
{
    const bool isTaken = page.huge.status >= 200 && page.huge.status < 300 && itemsIn(page.huge).has_value();
    if (isTaken && !saysOtherLimit(page.huge) && itemsIn(page.huge) >= itemsIn(page.usual))
        add(u"huge_page_accepted"_s, Proof::Lead,
            {page.route, kByPage, u"limit=%1"_s.arg(kHugePage), page.request, page.huge});
}

// What leaks is told apart from what is merely otherwise than described.
void SchemaFindings::addAnswer(const AnswerComparison &one)
{
    for (const ExposedMember &member : one.exposed)
        add(member.kind == ExposedKind::Secret ? kSecretShown : kInternalShown, member.proof,
            {one.route, kByAnswer, member.pointer, one.request, one.answer});
    if (!one.differences.isEmpty())
        add(kAnswerDiffers, Proof::Proven, {one.route, kByAnswer, differencesOf(one), one.request, one.answer});
}

Finding SchemaFindings::findingOf(const std::vector<const Case *> &cases, bool isFirst) const
{
    const SchemaFound &found = cases.front()->found;
    const auto rows = schemaFaults();
    const auto row = std::ranges::find(rows, found.code, &SchemaFault::code);
    Q_ASSERT(row != rows.end());
    QStringList shown;
    std::vector<Evidence> evidence;
    Proof proof = Proof::Lead;
    for (const Case *one : cases) {
        if (shown.size() < kMostShown)
            shown.append(one->what);
        if (one->evidence)
            evidence.push_back(*one->evidence);
        proof = std::min(proof, one->proof);
    }
    QString saw =
        Text::tr("%1 (%2).", "a route, and what was wrong with the bodies").arg(found.route, shown.join(u"; "_s));
    if (const auto more = static_cast<int>(cases.size()) - static_cast<int>(shown.size()); more > 0)
        saw += u' ' + Text::tr("And %n more.", nullptr, more);
    Finding finding =
        makeFinding(row->code, row->severity, proof, row->impact, row->title, saw + u' ' + wantedForFault(row->code));
    finding.host = found.host;
    finding.subject = found.route;
    finding.evidence = std::move(evidence);
    constexpr int kShareOfFurther = 3;
    finding.effortMinutes = isFirst ? row->minutes : row->minutes / kShareOfFurther;
    return finding;
}

std::vector<Finding> SchemaFindings::take()
{
    const auto headOf = [](const Case &one) { return std::tuple(one.found.code, one.found.host, one.found.route); };
    const auto groups = groupedByCode(m_cases, headOf);
    std::vector<Finding> findings;
    for (const SchemaFault &row : schemaFaults()) {
        QStringList hosts;
        for (const std::vector<const Case *> &cases : groups) {
            const SchemaFound &found = cases.front()->found;
            if (found.code != row.code)
                continue;
            findings.push_back(findingOf(cases, !hosts.contains(found.host)));
            hosts.append(found.host);
        }
    }
    return findings;
}

std::vector<SchemaFound> SchemaFindings::found() const
{
    std::vector<SchemaFound> all;
    for (const Case &one : m_cases) {
        if (std::ranges::find(all, one.found) == all.end())
            all.push_back(one.found);
    }
    return all;
}

} // namespace cockpit
