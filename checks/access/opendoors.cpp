#include "checks/access/opendoors.h"

#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "checks/web/htmlpage.h"
#include "checks/web/privatedata.h"
#include "checks/web/report.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Unauthenticated)
};

// What came back, without a word of it: records of people do not belong into a report, and which those are, the names
// of the fields do not tell for sure.
QString excerpt(const PrivateData &data, const HttpResponse &answer)
{
    if (data.isPersonal())
        return Text::tr("%n record(s) with the fields: %1. The values are left out.", nullptr, data.records)
            .arg(quoted(data.fields.join(", "_L1).toUtf8()));
    const QString type = quoted(answer.header("content-type").value_or("an unnamed type"));
    const auto bytes = static_cast<int>(answer.body.size());
    const QStringList names = fieldNamesIn(answer.body);
    if (names.isEmpty())
        return Text::tr("%n byte(s) of %1. What stands in them is left out.", nullptr, bytes).arg(type);
    return Text::tr("%n byte(s) of %1 with the fields: %2. The values are left out.", nullptr, bytes)
        .arg(type, quoted(names.join(", "_L1).toUtf8()));
}

Finding open(const AskedRoute &one, const PrivateData &data, bool isDeclared)
{
    const QString where = one.route.method + u' ' + one.answer.url.toDisplayString();
    const bool isAdmin = one.route.access == AccessClass::Admin;
    Finding finding = makeFinding(u"open_route"_s, data.isPersonal() || isAdmin ? Severity::Critical : Severity::High,
                                  isDeclared ? Proof::Proven : Proof::Strong, Impact::DataExposure,
                                  data.isPersonal() ? Text::tr("Customer data is readable without signing in")
                                                    : Text::tr("A private address answers without signing in"),
                                  Text::tr("%1 answers a stranger with status %2 and data. Wanted: 401 or 403.")
                                      .arg(where, QString::number(one.answer.status)));
    finding.host = hostOf(one.answer.url);
    finding.subject = routeName(one.route);
    finding.evidence = {evidenceOf(one.answer), {Text::tr("What came back"), excerpt(data, one.answer)}};
    finding.effortMinutes = 90;
    return finding;
}

Finding pageToLookAt(const AskedRoute &one)
{
    const QString where = one.answer.url.toDisplayString();
    const auto page = parseHtml(one.answer.body, one.answer.url);
    Finding finding =
        makeFinding(u"page_without_login"_s, Severity::Medium, Proof::Lead, Impact::DataExposure,
                    Text::tr("A private page opens without a login form"),
                    page && page->hasPasswordField
                        ? Text::tr("%1 answers a stranger with a page of its own. It has a field for a password, but "
                                   "does not look like a login. Look whether it shows anything private.")
                              .arg(where)
                        : Text::tr("%1 answers a stranger with a page of its own that asks for no password. Look "
                                   "whether it shows anything private.")
                              .arg(where));
    finding.host = hostOf(one.answer.url);
    finding.subject = routeName(one.route);
    finding.evidence = {evidenceOf(one.answer)};
    return finding;
}

} // namespace

std::optional<Finding> findingFor(const AskedRoute &one, Admission admission, bool isDeclared)
{
    if (admission == Admission::Allowed) {
        const PrivateData data = privateDataIn(one.answer.body);
        return isDeclared || data.isPersonal() ? std::optional(open(one, data, isDeclared)) : std::nullopt;
    }
    if (admission == Admission::Unclear && one.answer.status == 200 && isPage(one.answer) && isDeclared)
        return pageToLookAt(one);
    return std::nullopt;
}

} // namespace cockpit
