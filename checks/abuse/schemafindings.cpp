#include "checks/abuse/schemafindings.h"

#include "checks/abuse/badreads.h"
#include "checks/abuse/schemawords.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

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

void SchemaFindings::add(const QString &code, Proof proof, const Route &route, const QString &what,
                         const ActiveRequest &request, const HttpResponse &answer)
{
    const auto alike = std::ranges::count_if(m_cases, [&](const Case &one) { return one.code == code; });
    Case one{code, routeName(route), what, proof, std::nullopt, hostOf(answer.url)};
    if (alike < kMostShown) {
        ActiveRequest shown = request;
        constexpr qsizetype kLongestShown = 2000;
        if (shown.body.size() > kLongestShown)
            shown.body = shown.body.left(kLongestShown) + "...";
        one.evidence = requestProof(shown, answer, {.actor = m_run.actor, .known = m_run.known});
    }
    m_cases.push_back(std::move(one));
}

bool SchemaFindings::addMarks(const InputMarks &marks, const Route &route, const QString &what,
                              const ActiveRequest &request, const HttpResponse &answer)
{
    const auto before = m_cases.size();
    if (marks.isEvaluated)
        add(u"template_evaluated"_s, Proof::Proven, route, what, request, answer);
    if (!marks.databaseText.isEmpty())
        add(u"sql_error"_s, Proof::Strong, route, what + u": "_s + marks.databaseText, request, answer);
    if (marks.isStoredInPage)
        add(u"html_stored"_s, Proof::Strong, route, what, request, answer);
    else if (marks.isReflected)
        add(u"html_reflected"_s, Proof::Lead, route, what, request, answer);
    return m_cases.size() > before;
}

void SchemaFindings::addTried(const TriedMutation &one, const PlaceRun &place)
{
    const Route &route = place.place.route;
    const QString what = whatOf(one.mutation);
    const InputMarks marks = inputMarksOf(one, m_rules);
    const bool isMarked = addMarks(marks, route, what, one.tried.request, one.tried.answer);
    const InputVerdict verdict = inputVerdictOf(one, place);
    if (verdict == InputVerdict::Crashed && !isMarked)
        add(u"crash"_s, Proof::Strong, route, what, one.tried.request, one.tried.answer);
    if (one.isSlow)
        add(u"slow_answer"_s, Proof::Lead, route, what, one.tried.request, one.tried.answer);
    if (verdict == InputVerdict::Kept && one.mutation.mustBeRefused)
        add(codeOf(one.mutation.kind), Proof::Proven, route, what, one.tried.request,
            one.tried.after.value_or(one.tried.answer));
}

void SchemaFindings::addRead(const AskedRead &read)
{
    const QString what = Text::tr("q: text with the signs of code");
    const InputMarks marks = inputMarksOf(read, m_rules);
    const bool isMarked = addMarks(marks, read.route, what, read.request, read.answer);
    if (!isMarked && read.answer.status >= 500 && read.answer.status != 501 && !read.answer.header("retry-after"))
        add(u"crash"_s, Proof::Lead, read.route, what, read.request, read.answer);
}

// Whoever has few records cannot tell a list that stops at a hundred from one that does not.
void SchemaFindings::addPage(const AskedPageSize &page)
{
    const bool isTaken = page.huge.status >= 200 && page.huge.status < 300 && itemsIn(page.huge).has_value();
    if (isTaken && !saysOtherLimit(page.huge) && itemsIn(page.huge) >= itemsIn(page.usual))
        add(u"huge_page_accepted"_s, Proof::Lead, page.route, u"limit=%1"_s.arg(kHugePage), page.request, page.huge);
}

// What leaks is told apart from what is merely otherwise than described.
void SchemaFindings::addAnswer(const AnswerComparison &one)
{
    for (const ExposedMember &member : one.exposed)
        add(member.kind == ExposedKind::Secret ? kSecretShown : kInternalShown, member.proof, one.route, member.pointer,
            one.request, one.answer);
    if (!one.differences.isEmpty())
        add(kAnswerDiffers, Proof::Proven, one.route, differencesOf(one), one.request, one.answer);
}

Finding SchemaFindings::findingOf(const std::vector<const Case *> &cases) const
{
    const auto rows = schemaFaults();
    const auto row = std::ranges::find(rows, cases.front()->code, &SchemaFault::code);
    Q_ASSERT(row != rows.end());
    QStringList shown;
    std::vector<Evidence> evidence;
    Proof proof = Proof::Lead;
    for (const Case *one : cases) {
        if (shown.size() < kMostShown)
            shown.append(Text::tr("%1 (%2)", "a route, and what was wrong with the body").arg(one->route, one->what));
        if (one->evidence)
            evidence.push_back(*one->evidence);
        proof = std::min(proof, one->proof);
    }
    QString saw = shown.join(u"; "_s) + u'.';
    if (const auto more = static_cast<int>(cases.size()) - static_cast<int>(shown.size()); more > 0)
        saw += u' ' + Text::tr("And %n more.", nullptr, more);
    Finding finding =
        makeFinding(row->code, row->severity, proof, row->impact, row->title, saw + u' ' + wantedForFault(row->code));
    finding.host = cases.front()->host;
    finding.evidence = std::move(evidence);
    finding.effortMinutes = row->minutes;
    return finding;
}

std::vector<Finding> SchemaFindings::take()
{
    std::vector<Finding> findings;
    for (const SchemaFault &row : schemaFaults()) {
        QStringList hosts;
        for (const Case &one : m_cases) {
            if (one.code == row.code && !hosts.contains(one.host))
                hosts.append(one.host);
        }
        for (const QString &host : hosts) {
            std::vector<const Case *> cases;
            for (const Case &one : m_cases) {
                if (one.code == row.code && one.host == host)
                    cases.push_back(&one);
            }
            findings.push_back(findingOf(cases));
        }
    }
    return findings;
}

} // namespace cockpit
