// Ways around a block that is in force.
#include "checks/abuse/otherbody.h"
#include "checks/abuse/siegeengine.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Headers in which proxies say who asked. A product that believes them from anybody counts each value apart.
constexpr std::array kAddressHeaders{"X-Forwarded-For", "X-Real-IP", "True-Client-IP", "CF-Connecting-IP", "Forwarded"};

// Of the block for documentation (RFC 5737).
QByteArray someAddress(const QByteArray &header)
{
    const QByteArray address = "203.0.113." + QByteArray::number(QRandomGenerator::global()->bounded(1, 254));
    return header == "Forwarded" ? "for=" + address : address;
}

QString inOtherCase(const QString &mail)
{
    const QString changed = mail.toUpper();
    return changed == mail ? mail.toLower() : changed;
}

// "sam+lc4821@…": most mail services deliver it to the same person.
QString withAlias(const QString &mail)
{
    const qsizetype at = mail.lastIndexOf(u'@');
    const QString tag = u"+lc"_s + QString::number(QRandomGenerator::global()->bounded(1000, 10000));
    return at < 0 || mail.left(at).contains(u'+') ? mail : mail.left(at) + tag + mail.mid(at);
}

// The same route in other spellings.
QStringList otherPaths(const QString &path)
{
    QStringList paths{path.endsWith(u'/') ? path.chopped(1) : path + u'/'};
    if (path.startsWith("/api/v1/"_L1))
        paths.append(u"/api/"_s + path.mid(8));
    else if (path.startsWith("/api/"_L1))
        paths.append(u"/api/v1/"_s + path.mid(5));
    paths.append(path.section(u'/', 0, -2) + u'/' + path.section(u'/', -1).toUpper());
    return paths;
}

} // namespace

bool SiegeEngine::isStillBlocked(bool ofAccount)
{
    const auto plain = wrong(userFor(ofAccount));
    return plain && !isHeard(plain->answer) && !isOver();
}

std::optional<AbuseTry> SiegeEngine::changed(const QString &user, const Change &change, EntryCaller &caller)
{
    auto request = caller.request({.user = user, .password = Secret("Lc-wrong-password-7")});
    if (!request) {
        m_report.brokenOff = isOver() ? m_report.brokenOff : request.error().message;
        return std::nullopt;
    }
    change(*request);
    return sent(std::move(*request), caller);
}

bool SiegeEngine::getsAround(const QString &way, const QString &detail, bool ofAccount,
                             const std::function<std::optional<AbuseTry>()> &attempt)
{
    std::optional<AbuseTry> heard;
    for (int time = 0; time < 2; ++time) {
        heard = attempt();
        if (!heard || !isHeard(heard->answer) || !isStillBlocked(ofAccount))
            return false;
    }
    m_report.bypasses.push_back(
        {.way = way, .detail = detail, .ofAccount = ofAccount, .isProven = false, .heard = std::move(*heard)});
    return true;
}

void SiegeEngine::tryHeaders(bool ofAccount)
{
    for (const char *name : kAddressHeaders) {
        const auto add = [name](ActiveRequest &request) { request.headers.push_back({name, someAddress(name)}); };
        const auto attempt = [&] { return changed(userFor(ofAccount), add, m_caller); };
        if (isOver() || getsAround(u"header"_s, QString::fromLatin1(name), ofAccount, attempt))
            return;
    }
}

// Somebody else's account, or a body that was not read, is refused like a wrong password: only the right one tells that
// it was heard.
void SiegeEngine::proveLast(const QString &user, const Change &change)
{
    auto request = m_caller.request({.user = user, .password = m_password});
    std::optional<AbuseTry> one;
    if (request) {
        change(*request);
        request->carriesSecret = true;
        one = sent(std::move(*request), m_caller);
    }
    if (one && isSameRefusal(one->answer, *m_welcome))
        m_report.bypasses.back().isProven = true;
    else
        m_report.bypasses.pop_back();
    m_caller.forgetVisit();
}

void SiegeEngine::trySpelling(const QString &way, const QString &spelled)
{
    const auto unchanged = [](ActiveRequest &) {};
    const auto attempt = [&] { return changed(spelled, unchanged, m_caller); };
    if (!isOver() && spelled != m_siege.control.userName && getsAround(way, spelled.section(u'@', 0, 0), true, attempt))
        proveLast(spelled, unchanged);
}

// JSON in place of a form and the other way round: who counts in front of the handler may read one of them alone.
void SiegeEngine::tryBodyForm(bool ofAccount)
{
    const auto change = [](ActiveRequest &request) {
        const auto type = std::ranges::find_if(request.headers, [](const Header &header) {
            return header.name.compare("content-type", Qt::CaseInsensitive) == 0;
        });
        if (type == request.headers.end())
            return;
        if (auto other = inOtherForm(type->value, request.body)) {
            type->value = std::move(other->contentType);
            request.body = std::move(other->body);
        }
    };
    const bool isForm = m_siege.login.contentType.contains("urlencoded");
    const auto attempt = [&] { return changed(userFor(ofAccount), change, m_caller); };
    if (!isOver() && getsAround(u"body"_s, isForm ? u"JSON"_s : u"form"_s, ofAccount, attempt))
        proveLast(m_siege.control.userName, change);
}

void SiegeEngine::tryPaths(bool ofAccount)
{
    for (const QString &path : otherPaths(m_siege.login.url.path())) {
        const auto change = [&path](ActiveRequest &request) { request.url.setPath(path); };
        const auto attempt = [&] { return changed(userFor(ofAccount), change, m_caller); };
        if (isOver() || getsAround(u"path"_s, path, ofAccount, attempt))
            return;
    }
}

// Who counts by the visitor's session counts nobody who throws his cookies away.
void SiegeEngine::tryNewSession(bool ofAccount)
{
    if (m_siege.login.formPage.isEmpty() || isOver())
        return;
    const auto attempt = [&] {
        EntryCaller fresh(m_siege.login, m_wire);
        return changed(
            userFor(ofAccount), [](ActiveRequest &) {}, fresh);
    };
    getsAround(u"new_session"_s, {}, ofAccount, attempt);
}

void SiegeEngine::tryAround(bool ofAccount)
{
    tryHeaders(ofAccount);
    if (ofAccount) {
        trySpelling(u"mail_case"_s, inOtherCase(m_siege.control.userName));
        trySpelling(u"mail_alias"_s, withAlias(m_siege.control.userName));
    }
    tryPaths(ofAccount);
    tryBodyForm(ofAccount);
    tryNewSession(ofAccount);
}

} // namespace cockpit
