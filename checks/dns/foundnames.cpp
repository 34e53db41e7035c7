#include "checks/dns/foundnames.h"

#include "checks/net/dnsreport.h"
#include "models/hostname.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FoundNames)
};

// The surest first: when there are too many, those from the logs go, which never forget.
constexpr std::array kSources{
    NameSource::Certificate, NameSource::NameServer,       NameSource::Mail, NameSource::Spf, NameSource::Link,
    NameSource::Guess,       NameSource::CertificateSearch};

QString hashed(const QStringList &parts)
{
    const QByteArray hash = QCryptographicHash::hash(parts.join(u'\n').toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex());
}

QString keyOf(const Target &target)
{
    QStringList parts{target.domain};
    for (const Host &host : target.hosts)
        parts << u"%1 %2 %3"_s.arg(toWord(host.role), host.name, QString::number(host.httpsPort));
    return parts.join(u' ');
}

class Collection
{
public:
    explicit Collection(QString domain) : m_domain(std::move(domain)) {}

    // Names of other domains belong to the product when the person says so, and not otherwise.
    void add(const QString &typed, NameSource source)
    {
        const bool isSaid = source == NameSource::Project || source == NameSource::Listed;
        const bool isOwn = isWithin(typed, m_domain);
        const bool isHost = !typed.contains(u'_') && !typed.contains(u'*');
        if (typed.isEmpty() || (!isSaid && !isOwn) || (!isSaid && !isHost))
            return;
        const auto known = m_places.find(typed);
        if (known == m_places.end() && m_names.size() >= kMostFoundNames) {
            m_isCut = true;
            return;
        }
        if (known == m_places.end()) {
            m_places.emplace(typed, m_names.size());
            m_names.push_back({typed, typed, {source}, DnsAnswer(), std::nullopt});
            return;
        }
        std::vector<NameSource> &sources = m_names[known->second].sources;
        if (std::ranges::find(sources, source) == sources.end())
            sources.push_back(source);
    }

    std::vector<FoundName> &names() { return m_names; }
    bool isCut() const { return m_isCut; }

private:
    const QString m_domain;
    std::vector<FoundName> m_names;
    std::map<QString, size_t> m_places;
    bool m_isCut = false;
};

bool isOnlyGuessed(const FoundName &name)
{
    return name.sources.size() == 1 && name.sources.front() == NameSource::Guess;
}

// A guessed name that nobody answers for may exist all the same: it is dropped, but not without a word.
QString whyGuessesAreUnknown(const std::vector<FoundName> &names, const MadeUpNames &madeUp)
{
    const auto isDropped = [&](const FoundName &name) {
        return !isRealName(name, madeUp) && !name.problem().isEmpty();
    };
    const auto first = std::ranges::find_if(names, isDropped);
    if (first == names.end())
        return {};
    return Text::tr("%n usual name(s) such as %1 got no answer, so it is not known whether anything is there.", nullptr,
                    static_cast<int>(std::count_if(first, names.end(), isDropped)))
        .arg(first->name);
}

} // namespace

QString FindNames::key() const
{
    return keyOf(target) + u' ' + hashed(listed);
}

QString NamesFromSource::key() const
{
    return toWord(source) + u' ' + keyOf(target);
}

QStringList FoundName::aliasChain() const
{
    return v4 ? v4->cnameChain() : QStringList();
}

bool FoundName::hasAddress() const
{
    return (v4 && !v4->records(RrType::A).empty()) || (v6 && *v6 && !(*v6)->records(RrType::Aaaa).empty());
}

QString FoundName::problem() const
{
    const QString problem = problemOf({.name = askedAs, .type = RrType::A}, v4);
    return problem.isEmpty() && v6 ? problemOf({.name = askedAs, .type = RrType::Aaaa}, *v6) : problem;
}

void askForAddresses(std::vector<FoundName> &names, Observations &seen)
{
    std::vector<DnsLookup> v4;
    v4.reserve(names.size());
    for (const FoundName &name : names)
        v4.push_back({.name = name.askedAs, .type = RrType::A});
    const auto answers = seen.askAll(v4);
    std::vector<DnsLookup> v6;
    std::vector<FoundName *> waiting;
    for (size_t i = 0; i < names.size(); ++i) {
        names[i].v4 = *answers[i];
        if (names[i].v4 && names[i].v4->status == DnsStatus::NoData) {
            v6.push_back({.name = names[i].askedAs, .type = RrType::Aaaa});
            waiting.push_back(&names[i]);
        }
    }
    const auto others = seen.askAll(v6);
    for (size_t i = 0; i < waiting.size(); ++i)
        waiting[i]->v6 = *others[i];
}

bool isRealName(const FoundName &name, const MadeUpNames &madeUp)
{
    if (!isOnlyGuessed(name))
        return true;
    if (!name.v4)
        return false; // silence is no name
    if (madeUp.explain(*name.v4))
        return false;
    // A zone of its own that is broken fails where its neighbours do not.
    const bool failsAlone = name.v4->status == DnsStatus::ServFail &&
                            std::ranges::none_of(madeUp.answers, [](const Result<DnsAnswer> &answer) {
                                return !answer || answer->status == DnsStatus::ServFail;
                            });
    return name.hasAddress() || !name.aliasChain().isEmpty() || failsAlone;
}

Result<FoundNames> probe(const FindNames &question, ProbeContext &context)
{
    Observations &seen = context.observations;
    std::vector<NamesFromSource> sources;
    sources.reserve(kSources.size());
    for (const NameSource source : kSources)
        sources.push_back({source, question.target});
    const auto learnt = seen.askAll(sources);

    FoundNames found;
    Collection collection(question.target.domain);
    collection.add(question.target.domain, NameSource::Project);
    for (const Host &host : question.target.hosts)
        collection.add(host.name, NameSource::Project);
    for (const QString &name : question.listed)
        collection.add(name, NameSource::Listed);
    const auto addSource = [&](size_t i) {
        const auto &answer = *learnt[i];
        if (!answer || !answer->notes.isEmpty())
            found.incomplete.push_back(kSources[i]);
        if (!answer)
            return found.notes.append(answer.error().message);
        for (const QString &name : answer->names)
            collection.add(name, kSources[i]);
        found.notes << answer->notes;
        found.scriptHosts << answer->scriptHosts;
        found.signInReturns << answer->signInReturns;
        found.setsWideCookies = found.setsWideCookies || answer->setsWideCookies;
    };
    for (size_t i = 0; i < kSources.size(); ++i)
        addSource(i);
    found.notes.removeDuplicates(); // a host that is silent is so for its certificate and for its page

    const auto answered = seen.ask(AskMadeUpNames{question.target.domain});
    if (!*answered)
        return tl::unexpected<Error>(answered->error());
    const MadeUpNames &madeUp = **answered;
    found.hasWildcard = madeUp.hasWildcard();
    found.isCut = collection.isCut();
    found.names = std::move(collection.names());
    askForAddresses(found.names, seen);
    if (const QString unknown = whyGuessesAreUnknown(found.names, madeUp); !unknown.isEmpty())
        found.notes << unknown;
    std::erase_if(found.names, [&](const FoundName &name) { return !isRealName(name, madeUp); });
    if (!madeUp.aliasChain().isEmpty())
        found.names.push_back({u"*."_s + question.target.domain,
                               madeUp.names.front(),
                               {NameSource::Guess},
                               madeUp.answers.front(),
                               std::nullopt});
    return found;
}

} // namespace cockpit
