// What the answer at an address of administration means.
#include "checks/exposure/adminpaths.h"
#include "checks/exposure/baseline.h"
#include "checks/web/denial.h"
#include "checks/web/htmlpage.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// A form for a password, or one that asks for an e-mail address and promises to sign in.
bool asksWhoComes(const HtmlPage &page)
{
    static const QRegularExpression words(u"\\b(?:log ?in|sign ?in|anmelden|single sign-on|continue with)\\b"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    constexpr qsizetype kShortPage = 1500; // a login page has few words; a long page mentions signing in, too
    const QString text = page.text.simplified();
    return page.hasLoginForm ||
           (!page.hasPasswordField && text.size() < kShortPage && words.match(page.title + u' ' + text).hasMatch());
}

// Nothing to read and a script: what it draws, a login or all that is inside, cannot be told from here.
bool isDrawnByScript(const HtmlPage &page)
{
    constexpr qsizetype kFewWords = 80; // "You need to enable JavaScript to run this app."
    return !page.scripts.empty() && page.text.simplified().size() < kFewWords;
}

bool isAboutAdministration(const HtmlPage &page)
{
    static const QRegularExpression words(
        u"\\b(?:admin|administration|administrator|backoffice|back office|control panel|manage users|user management)\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(page.title).hasMatch() || words.match(page.text.simplified().left(300)).hasMatch();
}

AdminVerdict verdictOfPage(const HttpResponse &answer)
{
    const auto page = parseHtml(answer.body, answer.url);
    if (!page)
        return AdminVerdict::Untold; // nests too deep to be read
    if (asksWhoComes(*page))
        return AdminVerdict::Locked;
    return isAboutAdministration(*page) ? AdminVerdict::Unclear : AdminVerdict::Absent;
}

// Judged by the second answer, which is whole.
AdminVerdict verdictOfTool(const AskedPath &asked, const std::vector<HttpResponse> &baselines)
{
    if (!isProven(asked, baselines))
        return AdminVerdict::Absent;
    const HttpResponse &answer = *asked.second;
    const auto page = isPage(answer) ? parseHtml(answer.body, answer.url) : Result<HtmlPage>(HtmlPage{});
    if (!page)
        return AdminVerdict::Untold; // nests too deep to be read
    // Adminer's login asks for server and database, too: of a tool that is known, any password is for coming in.
    if (page->hasPasswordField || asksWhoComes(*page))
        return asked.rule->isInside ? AdminVerdict::Reachable : AdminVerdict::Locked;
    const bool tells =
        asked.rule->login == ToolLogin::None || (asked.rule->login == ToolLogin::Form && !isDrawnByScript(*page));
    return tells ? AdminVerdict::Open : AdminVerdict::Undecided;
}

// {"service": "shop", "version": 2}: what a server says of itself at the beginning of an API.
bool isBanner(const QByteArray &body)
{
    static const QRegularExpression names(
        u"^(?:name|title|service|app|application|api|version|status|state|message|description|uptime|env|environment|"
        u"time|timestamp|date|build|commit|docs|documentation|host|hostname|ok|success|healthy)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const auto isPart = [&](const QString &name) {
        const QJsonValue value = object.value(name);
        return names.match(name).hasMatch() && !value.isArray() && !value.isObject();
    };
    return !object.isEmpty() && std::ranges::all_of(object.keys(), isPart);
}

// Data at an address for administrators. Whether it is private, its fields tell; where they do not, a person has to.
AdminVerdict verdictOfData(const QByteArray &body)
{
    if (privateDataIn(body).isPersonal())
        return AdminVerdict::Open;
    return isBanner(body) ? AdminVerdict::Absent : AdminVerdict::Unclear;
}

AdminVerdict verdictOfContent(const AskedPath &asked, const std::vector<HttpResponse> &baselines)
{
    const HttpResponse &answer = *asked.second;
    if (!isHandedOut(answer.status) || isBaseline(answer, baselines))
        return AdminVerdict::Absent;
    if (isPage(answer))
        return verdictOfPage(answer);
    switch (admissionOf(answer, baselines)) {
    case Admission::Denied:
        return AdminVerdict::Locked;
    case Admission::Allowed:
        return verdictOfData(answer.body);
    case Admission::Empty:
    case Admission::Shell:
    case Admission::Unclear:
        return AdminVerdict::Absent;
    }
    Q_UNREACHABLE();
}

} // namespace

AdminVerdict adminVerdict(const AskedPath &asked, const std::vector<HttpResponse> &baselines)
{
    if (!asked.first)
        return AdminVerdict::Untold;
    const HttpResponse &answer = *asked.first;
    if (isUntold(answer, asked.path, baselines))
        return AdminVerdict::Untold;
    if (isHandedOut(answer.status)) {
        const bool wouldCount = asked.rule ? isCandidate(asked, baselines) : !isBaseline(answer, baselines);
        if (!wouldCount)
            return AdminVerdict::Absent;
        if (!asked.second || isUntold(*asked.second, asked.path, baselines))
            return AdminVerdict::Untold;
        return asked.rule ? verdictOfTool(asked, baselines) : verdictOfContent(asked, baselines);
    }
    // Who refuses or moves every address knows nothing about this one.
    if (!isSelective(answer, asked.path, baselines) || asked.rule)
        return AdminVerdict::Absent;
    return admissionOf(answer, baselines) == Admission::Denied ? AdminVerdict::Locked : AdminVerdict::Absent;
}

} // namespace cockpit
