#include "ui/access/actorkeeper.h"

#include "ui/session.h"

#include <algorithm>
#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

std::vector<TestActor> withActor(std::vector<TestActor> actors, const TestActor &actor)
{
    const auto known = std::ranges::find(actors, actor.id, &TestActor::id);
    if (known == actors.end())
        actors.push_back(actor);
    else
        *known = actor;
    return actors;
}

Error withoutPassword(const TestActor &actor)
{
    return {ErrorKind::BadInput,
            ActorKeeper::tr("The password of %1 is not stored, and the links would stand beside it. "
                            "Edit the account and type its password first.")
                .arg(actor.name)};
}

} // namespace

ActorKeeper::ActorKeeper(Session &session, QObject *parent)
    : QObject(parent), m_session(session), m_vault(session.credentialStore())
{
    bindVault();
}

QString ActorKeeper::sentenceWhileBusy()
{
    return tr("The keychain has not answered to the change before. Wait for it, then try again.");
}

void ActorKeeper::bindVault()
{
    for (const auto left : {&Session::projectOpened, &Session::projectClosed})
        connect(&m_session, left, this, &ActorKeeper::leaveProject);
    connect(&m_vault, &CredentialVault::failed, this, &ActorKeeper::fail);
    connect(&m_vault, &CredentialVault::waiting, this, &ActorKeeper::waiting);
    connect(&m_vault, &CredentialVault::added, this, [this](const Credential &credential) {
        std::vector<Credential> credentials = m_session.project().credentials;
        credentials.push_back(credential);
        m_session.setCredentials(credentials);
        if (!m_pending)
            return;
        m_pending->credential = credential.name;
        put(*std::exchange(m_pending, std::nullopt));
    });
    connect(&m_vault, &CredentialVault::replaced, this, [this] {
        if (m_pending)
            put(*std::exchange(m_pending, std::nullopt));
    });
    connect(&m_vault, &CredentialVault::removed, this, &ActorKeeper::forget);
}

void ActorKeeper::leaveProject()
{
    m_vault.leaveProject();
    m_pending.reset();
}

const Credential *ActorKeeper::credentialOf(const TestActor &actor) const
{
    const std::vector<Credential> &credentials = m_session.project().credentials;
    const auto found = std::ranges::find(credentials, actor.credential, &Credential::name);
    return actor.credential.isEmpty() || found == credentials.end() ? nullptr : &*found;
}

bool ActorKeeper::isOfPractice(const TestActor &actor) const
{
    const Credential *credential = credentialOf(actor);
    return credential && kindOf(*credential) == CredentialKind::Practice;
}

ActorEntryPlace ActorKeeper::placeOf(const TestActor &actor) const
{
    if (isOfPractice(actor))
        return ActorEntryPlace::PracticeMemory;
    return m_vault.isSessionOnly() ? ActorEntryPlace::SessionMemory : ActorEntryPlace::Keychain;
}

QString ActorKeeper::sentenceOf(const Error &error, const TestActor &actor) const
{
    const QString advice = keychainAdvice(error.kind, m_vault.isSessionOnly());
    // No keychain is asked for a practice account's, and there is nothing to try in one.
    const bool isOfKeychain = error.kind != ErrorKind::BadInput && !advice.isEmpty() && !isOfPractice(actor);
    return isOfKeychain ? tr("%1 %2").arg(error.message, advice) : error.message;
}

QString ActorKeeper::freeNameFor(const TestActor &actor) const
{
    const std::vector<Credential> &credentials = m_session.project().credentials;
    const QString wanted = tr("Test account: %1").arg(actor.name);
    QString name = wanted;
    for (int number = 2; std::ranges::find(credentials, name, &Credential::name) != credentials.end(); ++number)
        name = u"%1 (%2)"_s.arg(wanted, QString::number(number));
    return name;
}

void ActorKeeper::save(const TestActor &actor, const Secret &value)
{
    if (isBusy()) {
        emit failed({ErrorKind::BadInput, sentenceWhileBusy()}); // not fail(): what is under way is not lost
        return;
    }
    // Before the value goes anywhere: an account that is refused must leave nothing in the keychain.
    if (const auto possible = checkedActors(withActor(m_session.project().actors, actor)); !possible) {
        emit failed(possible.error());
        return;
    }
    if (value.isEmpty()) {
        put(actor);
        return;
    }
    m_pending = actor;
    const Credential *credential = credentialOf(actor);
    if (credential)
        m_vault.revise(Credential(*credential), [value](const Secret &before) -> Result<Secret> {
            return withMailedValues(value, mailedValuesOf(holeValuesOf(before)));
        });
    else
        m_vault.add(freeNameFor(actor), tr("Signs in as %1").arg(actor.name), value);
}

void ActorKeeper::saveMailed(const TestActor &actor, const HoleValues &mailed)
{
    if (isBusy()) {
        emit failed({ErrorKind::BadInput, sentenceWhileBusy()}); // not fail(): what is under way is not lost
        return;
    }
    const Credential *credential = credentialOf(actor);
    if (!credential)
        return fail(withoutPassword(actor));
    m_pending = actor;
    m_vault.revise(Credential(*credential), [actor, mailed](const Secret &before) -> Result<Secret> {
        if (before.isEmpty())
            return tl::unexpected(withoutPassword(actor));
        return withMailedValues(before, mailed);
    });
}

void ActorKeeper::lookForMailed(const TestActor &actor)
{
    if (const Credential *credential = credentialOf(actor))
        m_vault.read(*credential, [this, actor](const Result<Secret> &entry) {
            if (entry)
                tellMailed(actor.credential, *entry);
            else
                emit lookFailed(actor.id, entry.error());
        });
    else
        emit lookFailed(actor.id, withoutPassword(actor));
}

void ActorKeeper::tellMailed(const QString &credential, const Secret &entry)
{
    QStringList names;
    for (const auto &[name, value] : mailedValuesOf(holeValuesOf(entry)))
        names << name;
    emit mailedSeen(credential, names);
}

void ActorKeeper::put(TestActor actor)
{
    m_session.setActors(withActor(m_session.project().actors, actor));
    emit saved(actor.id);
}

void ActorKeeper::fail(const Error &error)
{
    m_pending.reset();
    emit failed(error);
}

void ActorKeeper::remove(const QString &actorId)
{
    std::vector<TestActor> actors = m_session.project().actors;
    const auto gone = std::ranges::find(actors, actorId, &TestActor::id);
    if (gone == actors.end())
        return;
    const Credential *credential = credentialOf(*gone);
    const bool isShared = std::ranges::count(actors, gone->credential, &TestActor::credential) > 1;
    const std::optional<Credential> dropped = credential && !isShared ? std::optional(*credential) : std::nullopt;
    actors.erase(gone);
    m_session.setActors(actors);
    if (dropped)
        m_vault.remove(*dropped);
    emit removed();
}

void ActorKeeper::forget(const Credential &credential)
{
    std::vector<Credential> credentials = m_session.project().credentials;
    std::erase_if(credentials, [&](const Credential &one) { return one.keychainEntry == credential.keychainEntry; });
    m_session.setCredentials(credentials);
}

} // namespace cockpit
