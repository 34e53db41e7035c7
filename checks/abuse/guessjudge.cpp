// Codes that can be guessed, and many guesses in one request.
#include "checks/abuse/limitverdict.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RateLimit)
};

} // namespace

// What a code of a few digits is worth is how many tries it allows. None was asked for before, as far as can be told: a
// product that ends each code after a few tries has none to end then, and refuses every try alike. So it is a lead.
void LimitVerdict::judgeCode(const CodeTries &code)
{
    if (!code.notTested.isEmpty()) {
        addGap(code.notTested, code.route);
        return;
    }
    const int heard = code.series.heard;
    const QString chance = percentOf(chanceOf(code.digits, heard));
    m_measured.append(Text::tr("%1 with codes of %2 digits %3: a chance of %4")
                          .arg(code.route, QString::number(code.digits), measureOf(code.series), chance));
    if (code.series.isLimited() || heard < kMostCodeTries) {
        if (!code.series.isLimited())
            addGap(Text::tr("%1 refused %n wrong code(s), and then the test ended: no limit was met so far.", nullptr,
                            heard)
                       .arg(code.route),
                   code.route);
        return;
    }
    constexpr qint64 kTriesOfADay = qint64(5) * 24 * 3600; // five a second, as everybody's computer can
    constexpr int kEasyDigits = 6;
    add(u"code_guessable"_s, code.digits <= kEasyDigits ? Severity::Medium : Severity::Low, Proof::Lead,
        Impact::AccountTakeover, Text::tr("A code of a few digits can perhaps be guessed"),
        Text::tr(
            "%1 heard %2 wrong codes of %3 digits in a row and held nothing back. So many have a chance of %4; who "
            "sends five a second has one of %5 after a day. No code was asked for before, so an end that belongs "
            "to each code could not show: ask for one and send wrong ones yourself. Wanted: an end after about 5, "
            "then a new code.")
            .arg(code.route, QString::number(heard), QString::number(code.digits), chance,
                 percentOf(chanceOf(code.digits, kTriesOfADay))),
        code.series.last)
        .subject = code.route;
}

void LimitVerdict::judgeCodes()
{
    for (const CodeTries &code : m_look.codes)
        judgeCode(code);
}

void LimitVerdict::judgeGraphQl()
{
    for (const GraphQlTries &one : m_look.graphQl) {
        if (!one.notTested.isEmpty())
            addGap(one.notTested, QStringList{u"many_tries_in_one"_s});
        else if (one.heard > kManyForOneAccount)
            add(u"many_tries_in_one"_s, Severity::High, Proof::Strong, Impact::AccountTakeover,
                Text::tr("Many passwords can be tried in one request"),
                Text::tr("%1 answered %2 wrong passwords for one account that came in one request (%3). Who counts "
                         "requests sees one.")
                    .arg(one.route, QString::number(one.heard),
                         one.way == "batch"_L1 ? Text::tr("a list of questions") : Text::tr("aliases of GraphQL")),
                one.exchange)
                .subject = one.isFurther ? one.way + u' ' + one.route : one.way;
    }
}

} // namespace cockpit
