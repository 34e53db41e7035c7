#include "ui/credentials/credentialvault.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

Error withoutStore()
{
    return {ErrorKind::Unsupported,
            CredentialVault::tr("This computer offers no keychain, so nothing can be stored safely.")};
}

} // namespace

CredentialVault::CredentialVault(CredentialStore *store, QObject *parent) : QObject(parent), m_store(store) {}

bool CredentialVault::isSessionOnly() const
{
    return m_store && m_store->isSessionOnly();
}

bool CredentialVault::canKeepForSession(ErrorKind after) const
{
    const bool isOfKeychain = after == ErrorKind::Unsupported || after == ErrorKind::NotPermitted;
    return isOfKeychain && m_store && m_store->canKeepForSession();
}

void CredentialVault::keepForSession()
{
    if (m_store)
        m_store->keepForSession();
}

bool CredentialVault::hasStore()
{
    if (!m_store)
        emit failed(withoutStore());
    return m_store != nullptr;
}

std::shared_ptr<bool> CredentialVault::expectAnswer()
{
    auto isAnswered = std::make_shared<bool>(false);
    QTimer::singleShot(kPatience, this, [this, isAnswered, project = m_project] {
        if (!*isAnswered && project == m_project)
            emit waiting();
    });
    return isAnswered;
}

void CredentialVault::leaveProject()
{
    ++m_project;
}

template<typename Answer>
std::function<void(Answer)> CredentialVault::whileOpen(std::function<void(const Answer &)> take,
                                                       const std::shared_ptr<bool> &isAnswered)
{
    return [self = QPointer(this), project = m_project, isAnswered, take = std::move(take)](const Answer &answer) {
        if (!std::exchange(*isAnswered, true) && self && self->m_project == project)
            take(answer);
    };
}

void CredentialVault::add(const QString &name, const QString &purpose, const Secret &value, CredentialKind kind)
{
    if (!hasStore())
        return;
    const Credential credential{name, purpose, newKeychainEntry(kind), QDateTime::currentDateTimeUtc(), {}};
    m_store->write(credential.keychainEntry, value,
                   [self = QPointer(this), store = m_store, project = m_project, isAnswered = expectAnswer(),
                    credential](const Result<void> &written) {
                       *isAnswered = true;
                       if (self && self->m_project == project)
                           self->takeWritten(credential, written);
                       else if (written) // no project names it: nobody could ever find it again
                           store->remove(credential.keychainEntry, [](const Result<void> &) {});
                   });
}

void CredentialVault::takeWritten(const Credential &credential, const Result<void> &written)
{
    if (written)
        emit added(credential);
    else
        emit failed(written.error());
}

void CredentialVault::replace(const Credential &credential, const Secret &value)
{
    if (!hasStore())
        return;
    m_store->write(credential.keychainEntry, value,
                   whileOpen<Result<void>>([this, credential](const Result<void> &written) {
                       if (written)
                           emit replaced(credential);
                       else
                           emit failed(written.error());
                   }));
}

void CredentialVault::revise(const Credential &credential, const std::function<Result<Secret>(const Secret &)> &change)
{
    if (!hasStore())
        return;
    m_store->read(credential.keychainEntry,
                  whileOpen<Result<Secret>>([this, credential, change](const Result<Secret> &value) {
                      const bool isGone = !value && value.error().kind == ErrorKind::NotFound;
                      const auto changed = value || isGone ? change(value.value_or(Secret())) : value;
                      if (changed)
                          replace(credential, *changed);
                      else
                          emit failed(changed.error());
                  }));
}

void CredentialVault::reveal(const Credential &credential)
{
    if (!hasStore())
        return;
    m_store->read(credential.keychainEntry, whileOpen<Result<Secret>>([this, credential](const Result<Secret> &value) {
                      if (value)
                          emit revealed(credential, *value);
                      else
                          emit failed(value.error());
                  }));
}

std::function<void()> CredentialVault::read(const Credential &credential,
                                            const std::function<void(const Result<Secret> &)> &take)
{
    const auto isAnswered = expectAnswer();
    const auto hear = whileOpen<Result<Secret>>(take, isAnswered);
    if (m_store)
        m_store->read(credential.keychainEntry, hear);
    else
        hear(tl::unexpected(withoutStore()));
    return [isAnswered] { *isAnswered = true; };
}

void CredentialVault::remove(const Credential &credential)
{
    if (!hasStore())
        return;
    m_store->remove(credential.keychainEntry, whileOpen<Result<void>>([this, credential](const Result<void> &gone) {
                        if (gone || gone.error().kind == ErrorKind::NotFound)
                            emit removed(credential);
                        else
                            emit failed(gone.error());
                    }));
}

QString keychainAdvice(ErrorKind kind, bool isSessionOnly)
{
    switch (kind) {
    case ErrorKind::Unsupported:
        return CredentialVault::tr("Install and start a keychain (on most desktops: GNOME Keyring or KWallet), then "
                                   "start this program again.");
    case ErrorKind::NotPermitted:
        return {}; // locked and refused are two things, and the message says which
    case ErrorKind::NotFound:
        if (isSessionOnly)
            return CredentialVault::tr("Use Replace to put it in again. It is kept until the program ends.");
        return CredentialVault::tr(
            "The value was removed outside this program, or your keychain is locked and did not ask "
            "for its password. Unlock it and try again; if the value is gone, use Replace to store "
            "it again.");
    case ErrorKind::TimedOut:
        return CredentialVault::tr("The keychain may be waiting for its password in another window.");
    case ErrorKind::BadInput:
    case ErrorKind::Unreachable:
    case ErrorKind::NoRoute:
    case ErrorKind::Cancelled:
    case ErrorKind::TooLarge:
    case ErrorKind::Protocol:
    case ErrorKind::Storage:
        return CredentialVault::tr("Try again. If it stays, open your keychain's own window and look there.");
    }
    Q_UNREACHABLE();
}

QString whatIsMissing(const QString &name, bool hasValue, const std::vector<Credential> &existing)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty())
        return CredentialVault::tr("Give it a name, such as “Customer A test account”.");
    if (std::ranges::find(existing, trimmed, &Credential::name) != existing.end())
        return CredentialVault::tr("There is already a credential with this name.");
    if (!hasValue)
        return CredentialVault::tr("Paste the password, key or token.");
    return {};
}

} // namespace cockpit
