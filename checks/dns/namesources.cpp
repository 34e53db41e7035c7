// Where names are learnt: each source by itself.
#include "checks/dns/certificatesearch.h"
#include "checks/dns/foundnames.h"
#include "checks/http/csppolicy.h"
#include "checks/mail/spftree.h"
#include "checks/net/dnsreport.h"
#include "checks/net/httpclient.h"
#include "checks/net/tlsprobe.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/parsedpage.h"
#include "checks/web/setcookie.h"
#include "models/hostname.h"

#include <QCoreApplication>
#include <QUrlQuery>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FoundNames)
};

constexpr qsizetype kMostNames = 300; // of one source
constexpr qsizetype kMostSignInReturns = 30;

std::vector<Host> webHosts(const Target &target)
{
    std::vector<Host> hosts = target.hosts;
    std::erase_if(hosts, [](const Host &host) { return host.role == HostRole::Mail; });
    return hosts;
}

// A clear no, so that nothing is left out: no such name, no address, or a refused connection.
bool isNobodyThere(const Host &host, const Error &error, Observations &seen)
{
    if (error.kind != ErrorKind::Unreachable)
        return false;
    if (*seen.ask(HostAddresses{host.name, host.httpsPort}))
        return true; // all of them refused
    return std::ranges::all_of(seen.askAll(addressQuestions(host.name)),
                               [](const auto &answer) { return *answer && (*answer)->isConclusive(); });
}

// A source that failed says so: what it would have told is missing from the list.
SourcedNames fromCertificates(const Target &target, Observations &seen)
{
    const std::vector<Host> hosts = webHosts(target);
    std::vector<TlsHandshake> questions;
    questions.reserve(hosts.size());
    for (const Host &host : hosts)
        questions.push_back({host.name, host.httpsPort});
    const auto sessions = seen.askAll(questions);
    SourcedNames learnt;
    for (size_t i = 0; i < hosts.size(); ++i) {
        const Result<TlsSession> &session = *sessions[i];
        if (!session && !isNobodyThere(hosts[i], session.error(), seen))
            learnt.notes << session.error().message;
        if (!session || session->chain.empty())
            continue;
        for (const QString &name : session->chain.front().names)
            learnt.names << withoutWildcard(name).toLower();
    }
    return learnt;
}

SourcedNames fromRecords(const QString &domain, RrType type, Observations &seen)
{
    SourcedNames learnt;
    const DnsLookup question{.name = domain, .type = type};
    const auto answer = seen.ask(question);
    if (const QString problem = problemOf(question, *answer); !problem.isEmpty())
        return {.notes = {problem}};
    for (const DnsRecord &record : (*answer)->records(type))
        learnt.names << record.target;
    return learnt;
}

void addNamesOf(const SpfNode &node, QStringList &names)
{
    for (const SpfTerm &term : node.parsed ? node.parsed->reachableTerms() : std::vector<SpfTerm>()) {
        const bool leadsToHosts = term.mechanism == SpfMechanism::A || term.mechanism == SpfMechanism::Mx;
        if (const auto name = senderIndependentDomain(term.domain, node.domain); leadsToHosts && name)
            names << *name;
    }
    for (const SpfNode &child : node.children)
        addNamesOf(child, names);
}

SourcedNames fromSpf(const QString &domain, Observations &seen)
{
    SourcedNames learnt;
    const auto tree = walkSpf(domain, seen);
    if (!tree)
        return {.notes = {tree.error().message}};
    addNamesOf(tree->root, learnt.names);
    learnt.notes = gapsIn(*tree);
    return learnt;
}

// "https://*.cdn.example:443/lib/" allows code from *.cdn.example.
QString hostOfSource(const QByteArray &source)
{
    const QString host = QString::fromLatin1(source).section(u"://"_s, -1).section(u'/', 0, 0).section(u':', 0, 0);
    const QString plain = withoutWildcard(host);
    return plain.contains(u'.') && !plain.contains(u'\'') && !plain.contains(u'*') ? host.toLower() : QString();
}

// Code that a policy allows runs as soon as somebody finds a way to name it.
void addAllowedHosts(const HttpResponse &page, const QString &domain, SourcedNames &learnt)
{
    const auto lines = page.headerValues("Content-Security-Policy");
    for (const CspPolicy &policy : parseCsp(QByteArrayList(lines.begin(), lines.end()))) {
        for (const QByteArray &source : policy.sourcesFor("script-src").value_or(QByteArrayList())) {
            const QString host = hostOfSource(source);
            if (!host.isEmpty() && !isSameSite(withoutWildcard(host), domain))
                learnt.scriptHosts << host;
        }
    }
}

// OAuth (RFC 6749 section 4.1.1); Supabase has another word for it.
void addSignInReturn(const QUrl &url, const QString &domain, SourcedNames &learnt)
{
    const QUrlQuery query(url);
    QString back = query.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded);
    if (back.isEmpty() && url.path().endsWith("/authorize"_L1))
        back = query.queryItemValue(u"redirect_to"_s, QUrl::FullyDecoded);
    const QString host = QUrl(back).host(QUrl::FullyEncoded).toLower();
    if (host.isEmpty() || learnt.signInReturns.contains(host) || learnt.signInReturns.size() >= kMostSignInReturns)
        return;
    learnt.signInReturns << host;
    if (isSameSite(host, domain))
        learnt.names << host;
}

void addPage(const HttpResponse &page, const QString &domain, SourcedNames &learnt, Observations &seen)
{
    for (const SetCookie &cookie : cookiesIn(page))
        learnt.setsWideCookies =
            learnt.setsWideCookies || (!cookie.domain.isEmpty() && isWithin(domain, cookie.domain));
    addAllowedHosts(page, domain, learnt);
    const HtmlPage html = pageOrNothing(page, seen);
    const auto add = [&](const QUrl &url) {
        const QString host = url.host(QUrl::FullyEncoded).toLower();
        if (isSameSite(host, domain))
            learnt.names << host;
        addSignInReturn(url, domain, learnt);
    };
    std::ranges::for_each(html.links, add);
    std::ranges::for_each(html.forms, add);
    for (const PagePart &part : html.parts) {
        add(part.url);
        const QString host = part.url.host(QUrl::FullyEncoded).toLower();
        if (isActive(part.kind) && !host.isEmpty() && !isSameSite(host, domain))
            learnt.scriptHosts << host;
    }
}

// The host's own answer: where it sends its visitors may be another host, and may fail by itself.
bool hasNoPage(const Host &host, Observations &seen)
{
    const auto own = seen.ask(HttpGet{.url = httpsAddress(host)});
    return !*own && isNobodyThere(host, own->error(), seen);
}

SourcedNames fromPages(const Target &target, Observations &seen)
{
    const std::vector<Host> hosts = webHosts(target);
    std::vector<FollowRedirects> walks;
    walks.reserve(hosts.size());
    for (const Host &host : hosts)
        walks.push_back({httpsAddress(host)});
    const auto ends = seen.askAll(walks);
    SourcedNames learnt;
    for (size_t i = 0; i < hosts.size(); ++i) {
        const Result<RedirectChain> &end = *ends[i];
        if (!end && !hasNoPage(hosts[i], seen))
            learnt.notes << end.error().message;
        for (const RedirectHop &hop : end ? end->hops : std::vector<RedirectHop>())
            addSignInReturn(hop.url.resolved(QUrl(QString::fromUtf8(hop.location))), target.domain, learnt);
        if (end && isSameSite(hostOf(end->last.url), target.domain))
            addPage(end->last, target.domain, learnt, seen);
    }
    learnt.scriptHosts.removeDuplicates();
    return learnt;
}

SourcedNames fromLogs(const QString &domain, Observations &seen)
{
    if (hostname::isLoopback(domain)) // no certificate of a public authority can be for it
        return {};
    const auto names = seen.ask(CertificateSearch{domain});
    if (!*names)
        return {.notes = {
                    Text::tr("The public logs of certificates could not be searched: %1").arg(names->error().message)}};
    return {.names = **names};
}

// Asked for here and now, beside the other sources, so that nobody waits for them later.
SourcedNames fromGuesses(const QString &domain, Observations &seen)
{
    SourcedNames learnt;
    std::vector<DnsLookup> questions;
    for (const QString &label : commonHostLabels()) {
        learnt.names << label + u'.' + domain;
        questions.push_back({.name = learnt.names.last(), .type = RrType::A});
    }
    seen.ask(AskMadeUpNames{domain});
    seen.askAll(questions);
    return learnt;
}

SourcedNames namesFrom(const NamesFromSource &question, Observations &seen)
{
    const QString domain = question.target.domain;
    switch (question.source) {
    case NameSource::Certificate:
        return fromCertificates(question.target, seen);
    case NameSource::CertificateSearch:
        return fromLogs(domain, seen);
    case NameSource::Mail:
        return fromRecords(domain, RrType::Mx, seen);
    case NameSource::NameServer:
        return fromRecords(domain, RrType::Ns, seen);
    case NameSource::Spf:
        return fromSpf(domain, seen);
    case NameSource::Link:
        return fromPages(question.target, seen);
    case NameSource::Guess:
        return fromGuesses(domain, seen);
    case NameSource::Project:
    case NameSource::Listed:
        return {}; // nobody needs to be asked for these
    }
    Q_UNREACHABLE();
}

} // namespace

Result<SourcedNames> probe(const NamesFromSource &question, ProbeContext &context)
{
    SourcedNames learnt = namesFrom(question, context.observations);
    learnt.names.removeDuplicates();
    learnt.names = learnt.names.mid(0, kMostNames);
    return learnt;
}

} // namespace cockpit
