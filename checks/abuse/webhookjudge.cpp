#include "checks/abuse/webhook.h"
#include "checks/actors/casetally.h"
#include "checks/actors/likeness.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/writeanswer.h"
#include "checks/net/urlhost.h"
#include "checks/web/denial.h"
#include "checks/web/report.h"
#include "models/wordtable.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using enum WebhookWay;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WebhookSignature)
};

constexpr std::array kWays{
    WordRow<WebhookWay>{Nowhere, "nowhere"}, WordRow<WebhookWay>{Malformed, "malformed"},
    WordRow<WebhookWay>{None, "none"},       WordRow<WebhookWay>{Garbage, "garbage"},
    WordRow<WebhookWay>{Valid, "valid"},     WordRow<WebhookWay>{Old, "old"},
    WordRow<WebhookWay>{Again, "again"},
};

bool isTaken(const HttpResponse *answer)
{
    return answer && answer->status >= 200 && answer->status < 300 && !saysNo(*answer) && !isPage(*answer);
}

// Refused for what it is: 404 and 405 say that there is no such route, 5xx that it broke.
bool isRefused(const HttpResponse *answer)
{
    return answer && answer->status >= 400 && answer->status < 500 && answer->status != 404 && answer->status != 405 &&
           answer->status != 429;
}

bool isSame(const HttpResponse *a, const HttpResponse *b)
{
    return a && b && a->status == b->status && a->body == b->body;
}

// A number that grew from the first answer to the second, as one more booking would.
bool hasGrown(const HttpResponse &first, const HttpResponse &second)
{
    const auto before = jsonOf(first);
    const auto after = jsonOf(second);
    if (!before || !after || !before->isObject() || !after->isObject())
        return false;
    const QJsonObject now = after->toObject();
    const QJsonObject then = before->toObject();
    for (auto it = now.begin(); it != now.end(); ++it) {
        if (it.value().isDouble() && !isVolatileKey(it.key()) && then.value(it.key()).isDouble() &&
            it.value().toDouble() == then.value(it.key()).toDouble() + 1)
            return true;
    }
    return false;
}

// A way that was meant to be tried, and what it would have shown.
struct MeantWay
{
    WebhookWay way;
    QString code;
    QString words; // for people: "an old signature"
};

struct WebhookVerdict
{
    std::vector<Finding> findings;
    QString notTested = {};           // a sentence
    QStringList open = {};            // what could not be tried beside that
    std::vector<LookGap> untold = {}; // what was meant to be tried, and did not tell
};

class OneWebhook
{
public:
    OneWebhook(const WebhookRun &run, const WebhookLook &look) : m_run(run), m_look(look) {}

    WebhookVerdict verdict() const;

private:
    QString whyNotTested() const;
    std::vector<MeantWay> meantWays() const;
    std::vector<LookGap> untold() const;
    Finding unsignedFinding() const;
    Finding finding(const QString &code, Severity severity, Proof proof, WebhookWay way, const QString &title,
                    const QString &saw) const;
    // The product reads what it takes: something is refused there, or a good signature is known to be taken.
    bool isTold() const
    {
        return isRefused(m_run.answerTo(Malformed)) || isTaken(m_run.answerTo(Valid)) ||
               isRefused(m_run.answerTo(None));
    }
    QString name() const { return routeName(m_run.route); }

    const WebhookRun &m_run;
    const WebhookLook &m_look;
};

Finding OneWebhook::finding(const QString &code, Severity severity, Proof proof, WebhookWay way, const QString &title,
                            const QString &saw) const
{
    Finding finding = makeFinding(code, severity, proof, Impact::CostAbuse, title, saw);
    const auto it = std::ranges::find(m_run.tries, way, &WebhookTry::way);
    finding.host = hostOf(it->answer.url);
    finding.subject = name();
    finding.effortMinutes = 45;
    finding.evidence = {requestProof(it->request, it->answer, {.actor = {}, .known = m_look.known})};
    return finding;
}

Finding OneWebhook::unsignedFinding() const
{
    const bool isMoney = isAboutMoney(m_run.route.path);
    const QString title = isMoney ? Text::tr("Anybody can report a payment that never was")
                                  : Text::tr("Anybody can send events in another program's name");
    if (isTold())
        return finding(u"unsigned_accepted"_s, isMoney ? Severity::Critical : Severity::High, Proof::Strong, None,
                       title,
                       Text::tr("%1 takes an event without any signature, and does not take everything: what is no "
                                "event is refused. Wanted: 401 or 400.")
                           .arg(name()));
    return finding(
        u"unsigned_answered"_s, Severity::Medium, Proof::Lead, None, title,
        Text::tr("%1 answers an event without any signature as well, as it does what is no event. Perhaps it "
                 "checks later: look whether the event %2 was handled.")
            .arg(name(), u"launch_cockpit.test"_s));
}

QString OneWebhook::whyNotTested() const
{
    const HttpResponse *none = m_run.answerTo(None);
    if (!none)
        return Text::tr("%1 did not answer.").arg(name());
    if (none->status == 404 || none->status == 405)
        return Text::tr("%1 answers with status %2: no such webhook is there.")
            .arg(name(), QString::number(none->status));
    if (isTaken(none) && isSame(none, m_run.answerTo(Nowhere)))
        return Text::tr("%1 answers as any invented address does.").arg(name());
    if (isRefused(none) && isSame(none, m_run.answerTo(Nowhere)))
        return Text::tr("%1 refuses as it does at any invented address, which says nothing about signatures.")
            .arg(name());
    if (m_run.hasKey && !isTaken(m_run.answerTo(Valid)))
        return Text::tr("%1 does not take an event with a good signature either. Look at the signing key and its "
                        "header among the accounts.")
            .arg(name());
    if (!isTaken(none) && !isRefused(none))
        return Text::tr("%1 answers with status %2, which does not tell.").arg(name(), QString::number(none->status));
    return {};
}

// Beside the event without a signature, and the good one, without whose answers nothing was tested.
std::vector<MeantWay> OneWebhook::meantWays() const
{
    std::vector<MeantWay> meant;
    if (!isTaken(m_run.answerTo(None))) // where no signature is needed a wrong one is not told by itself
        meant.push_back({Garbage, u"wrong_signature_accepted"_s, Text::tr("a signature that is none")});
    if (!m_run.hasKey)
        return meant;
    meant.push_back({Again, u"event_counted_twice"_s, Text::tr("the same event once more")});
    if (hasTime(schemeOf(m_run.headerName)))
        meant.push_back({Old, u"old_signature_accepted"_s, Text::tr("a signature that is a day old")});
    return meant;
}

// Neither taken nor refused: no answer came, the server broke, or it says nothing about the event. What ended the look
// is said by the look.
std::vector<LookGap> OneWebhook::untold() const
{
    std::vector<LookGap> gaps;
    for (const MeantWay &one : meantWays()) {
        const HttpResponse *answer = m_run.answerTo(one.way);
        if (isTaken(answer) || isRefused(answer) || (!answer && !m_look.brokenOff.isEmpty()))
            continue;
        gaps.push_back({{{.subject = name(), .code = one.code}},
                        answer ? Text::tr("%1 answered with status %2 to %3, which does not tell.")
                                     .arg(name(), QString::number(answer->status), one.words)
                               : Text::tr("%1 gave no answer to %2.").arg(name(), one.words)});
    }
    return gaps;
}

WebhookVerdict OneWebhook::verdict() const
{
    WebhookVerdict result;
    result.notTested = whyNotTested();
    if (!result.notTested.isEmpty())
        return result;
    if (isTaken(m_run.answerTo(None)))
        result.findings.push_back(unsignedFinding());
    else if (isTaken(m_run.answerTo(Garbage)))
        result.findings.push_back(
            finding(u"wrong_signature_accepted"_s, isAboutMoney(m_run.route.path) ? Severity::Critical : Severity::High,
                    Proof::Strong, Garbage, Text::tr("A signature that is none opens a webhook"),
                    Text::tr("%1 refuses an event without a signature, and takes one with a signature made of nothing. "
                             "Wanted: 401 or 400.")
                        .arg(name())));
    if (isTaken(m_run.answerTo(Old)))
        result.findings.push_back(
            finding(u"old_signature_accepted"_s, Severity::Medium, Proof::Strong, Old,
                    Text::tr("Events that were recorded once can be sent again later"),
                    Text::tr("%1 takes an event whose signature is a day old. Wanted: a refusal after 5 minutes.")
                        .arg(name())));
    const HttpResponse *valid = m_run.answerTo(Valid);
    const HttpResponse *again = m_run.answerTo(Again);
    if (isTaken(valid) && isTaken(again) && hasGrown(*valid, *again))
        result.findings.push_back(
            finding(u"event_counted_twice"_s, Severity::Medium, Proof::Strong, Again,
                    Text::tr("An event that comes twice counts twice"),
                    Text::tr("%1 takes the same event a second time, and counts it. Wanted: the same answer, and "
                             "nothing counted.")
                        .arg(name())));
    result.untold = untold();
    if (!m_run.hasKey)
        result.open.append(Text::tr("%1: old signatures and repeated events could not be tried without the signing "
                                    "key.")
                               .arg(name()));
    else if (!hasTime(schemeOf(m_run.headerName)))
        result.open.append(Text::tr("%1: its signatures have no time, so that none is old.").arg(name()));
    return result;
}

// What was found there before stays open.
void noteRest(const WebhookLook &look, CaseTally &tally)
{
    tally.gaps.add(leftOutGap(look.leftOut, kMostWebhooks));
    if (!look.notAsked.isEmpty())
        tally.gaps.say(Text::tr("No address that can be asked is known of: %1.").arg(look.notAsked.join(u", "_s)));
    for (const QString &route : look.notAsked)
        tally.gaps.hide({.subject = route});
}

QJsonObject rowOf(const WebhookRun &run)
{
    QJsonArray tries;
    for (const WebhookTry &one : run.tries)
        tries.append(QJsonObject{
            {u"way"_s, toWord(one.way)}, {u"status"_s, one.answer.status}, {u"taken"_s, isTaken(&one.answer)}});
    return {{u"route"_s, routeName(run.route)},
            {u"header"_s,
             run.headerName.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(QString::fromLatin1(run.headerName))},
            {u"has_key"_s, run.hasKey},
            {u"tries"_s, tries}};
}

} // namespace

QString toWord(WebhookWay value)
{
    return wordOf(kWays, value);
}

Judged judgeWebhooks(const WebhookLook &look)
{
    CaseTally tally{.gaps = LookGaps(look.brokenOff)};
    for (const WebhookRun &run : look.routes) {
        WebhookVerdict verdict = OneWebhook(run, look).verdict();
        tally.gaps.say(verdict.open);
        tally.gaps.add(verdict.untold);
        tally.addRow(rowOf(run), verdict.notTested);
        if (!verdict.notTested.isEmpty() || !verdict.open.isEmpty())
            tally.gaps.hide({.subject = routeName(run.route)});
        std::ranges::move(verdict.findings, std::back_inserter(tally.findings));
    }
    noteRest(look, tally);
    const QJsonObject observed{{u"routes"_s, tally.rows},
                               {u"left_out"_s, QJsonArray::fromStringList(look.leftOut)},
                               {u"not_asked"_s, QJsonArray::fromStringList(look.notAsked)},
                               {u"requests"_s, look.requests}};
    const QString summary = Text::tr("%n webhook(s) asked without a good signature", nullptr, tally.told);
    return judgedFrom(std::move(tally), summary, observed);
}

} // namespace cockpit
