#include "checks/access/tokenstorage.h"

#include "checks/engine/lookgaps.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <map>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace access;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TokenStorage)
};

constexpr qsizetype kMostShown = 100;

QJsonObject observedOf(const StoragePlace &place)
{
    return {{u"store"_s, place.store},
            {u"api"_s, toWord(place.stack)},
            {u"what"_s, place.isToken ? u"token"_s : u"unknown"_s},
            {u"file"_s, place.file},
            {u"line"_s, place.line > 0 ? QJsonValue(place.line) : QJsonValue()},
            {u"safe"_s, place.kind == StoreKind::Safe || place.kind == StoreKind::Packaged}};
}

class Storage
{
public:
    explicit Storage(const TokenPlaces &read) : m_read(read)
    {
        for (const StoragePlace &place : read.places) {
            const bool isSafe = place.kind == StoreKind::Safe || place.kind == StoreKind::Packaged;
            m_hasSafe = m_hasSafe || isSafe;
            m_hasPackagedPlain = m_hasPackagedPlain || (place.line == 0 && place.kind == StoreKind::Plain);
            m_isMobile = m_isMobile || place.stack != Stack::Web;
            if (place.kind == StoreKind::Safe)
                m_filesWithSafe.insert(place.file);
        }
    }

    Judged judge()
    {
        findStores();
        findNoSafeStore();
        Judged judged;
        judged.observed = observed();
        judged.outcome = outcomeFor(m_findings);
        judged.summary = summary();
        judged.findings = std::move(m_findings);
        if (judged.findings.empty() && m_read.places.empty()) {
            judged.outcome = m_read.files > 0 ? Outcome::Info : Outcome::NotRun;
            judged.reason = m_read.files > 0 ? Text::tr("No place was found where the app keeps anything on a device.")
                                             : Text::tr("There is no code of an app in what you named.");
        } else if (judged.findings.empty() && !hasTokens() && m_isMobile) {
            // Of a package alone, or of code that gives its tokens to something else.
            judged.outcome = Outcome::Info;
            judged.reason = Text::tr("What the app keeps was found, and not where its tokens go: name the folder of "
                                     "the code, or look for them yourself.");
        }
        leaveOpen(judged, anyBehind(m_read.gaps));
        return judged;
    }

private:
    bool hasTokens() const
    {
        return std::ranges::any_of(m_read.places, [](const StoragePlace &place) { return place.isToken; });
    }

    QString summary() const
    {
        if (!m_findings.empty())
            return Text::tr("Tokens are kept where others can read them");
        return hasTokens() ? Text::tr("Tokens are kept in safe storage alone")
                           : Text::tr("No token is kept in a plain place");
    }

    QJsonObject observed() const
    {
        QJsonArray places;
        std::set<QString> stacks;
        for (const StoragePlace &place : m_read.places) {
            stacks.insert(toWord(place.stack));
            if (places.size() < kMostShown && (place.isToken || place.line == 0))
                places.append(observedOf(place));
        }
        return {{u"places"_s, places},
                {u"stacks"_s, QJsonArray::fromStringList(QStringList(stacks.begin(), stacks.end()))},
                {u"files"_s, m_read.files}};
    }

    // One finding for each store that is not safe.
    void findStores()
    {
        std::map<QString, std::vector<const StoragePlace *>> byStore;
        for (const StoragePlace &place : m_read.places) {
            const bool isOpen = place.kind == StoreKind::Plain || place.kind == StoreKind::Page;
            // Beside a safe store, the page's one is for browsers, which have no other.
            const bool isForBrowsers = place.kind == StoreKind::Page && m_filesWithSafe.contains(place.file);
            if (place.isToken && isOpen && !isForBrowsers)
                byStore[place.store].push_back(&place);
        }
        for (const auto &[store, places] : byStore)
            add(store, places);
    }

    void add(const QString &store, const std::vector<const StoragePlace *> &places)
    {
        const StoragePlace &first = *places.front();
        const bool isPage = first.kind == StoreKind::Page;
        const bool isOnDevice = !isPage || m_isMobile;
        const bool isBesideSafe = std::ranges::all_of(
            places, [&](const StoragePlace *place) { return m_filesWithSafe.contains(place->file); });
        Finding finding;
        finding.code = isPage ? u"page_storage"_s : u"plain_storage"_s;
        finding.subject = store;
        finding.severity = isOnDevice ? Severity::Medium : Severity::Low;
        finding.proof = isBesideSafe || isPage ? Proof::Lead : Proof::Strong;
        finding.impact = Impact::AccountTakeover;
        finding.title = isPage ? Text::tr("The app keeps its token where every script can read it")
                               : Text::tr("The app keeps its token in a plain file on the device");
        finding.whatWeSaw =
            Text::tr("%1, line %2 writes a token into %3; %n place(s) do. The device's safe storage is wanted.",
                     nullptr, static_cast<int>(places.size()))
                .arg(first.file, QString::number(first.line), store);
        if (isPage && !isOnDevice)
            finding.whatWeSaw = Text::tr("%1, line %2 writes a token into %3; %n place(s) do. A cookie that scripts "
                                         "cannot read (HttpOnly) is safer.",
                                         nullptr, static_cast<int>(places.size()))
                                    .arg(first.file, QString::number(first.line), store);
        QStringList lines;
        for (const StoragePlace *place : places)
            if (lines.size() < kMostShown)
                lines.append(Text::tr("%1, line %2").arg(place->file, QString::number(place->line)));
        finding.evidence.push_back({Text::tr("Where it is written"), lines.join(u'\n')});
        finding.location = Location{first.file, first.line, {}};
        finding.effortMinutes = 90;
        m_findings.push_back(std::move(finding));
    }

    // A package with a library for plain storage and none for the safe one.
    void findNoSafeStore()
    {
        const bool isLacking = m_read.hasPackage && m_hasPackagedPlain && !m_hasSafe && m_findings.empty();
        if (!isLacking)
            return;
        const auto plain = std::ranges::find_if(
            m_read.places, [](const StoragePlace &place) { return place.line == 0 && place.kind == StoreKind::Plain; });
        Finding finding;
        finding.code = u"no_safe_store"_s;
        finding.severity = Severity::Medium;
        finding.proof = Proof::Lead;
        finding.impact = Impact::AccountTakeover;
        finding.title = Text::tr("The app has no way to the device's safe storage");
        finding.whatWeSaw = Text::tr("%1 holds %2, which keeps plain files, and nothing that uses the Keychain or the "
                                     "Keystore. If the app keeps people signed in, their tokens lie in a plain file.")
                                .arg(plain->file, plain->store);
        finding.location = Location{plain->file, 0, {}};
        finding.effortMinutes = 90;
        m_findings.push_back(std::move(finding));
    }

    const TokenPlaces &m_read;
    std::set<QString> m_filesWithSafe;
    bool m_hasSafe = false;
    bool m_hasPackagedPlain = false;
    bool m_isMobile = false;
    std::vector<Finding> m_findings;
};

} // namespace

Judged judgeTokenStorage(const TokenPlaces &read)
{
    return Storage(read).judge();
}

Check tokenStorageCheck()
{
    return {.id = u"access.token-storage"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover},
            .needs = {Need::Folder},
            .sources = {SourceKind::Code, SourceKind::Package},
            .look = [](const Look &look) {
                ReadTokenPlaces question;
                for (const LocalSource &source : look.facts.sources)
                    if (source.kind == SourceKind::Code || source.kind == SourceKind::Package)
                        question.sources.push_back(source);
                const auto read = look.seen.ask(question);
                return *read ? judgeTokenStorage(**read) : couldNotLook(read->error());
            }};
}

} // namespace cockpit
