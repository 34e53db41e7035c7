#include "ui/message/messagework.h"

#include "checks/engine/background.h"
#include "checks/engine/guarded.h"
#include "ui/session.h"

#include <QFile>
#include <QFileInfo>
#include <QPointer>

#include <utility>

namespace cockpit {

namespace {

constexpr qint64 kPiece = 256LL * 1024;

Error unreadable(const QString &path, const QString &detail)
{
    return {ErrorKind::NotFound, MessageWork::tr("%1 could not be read.").arg(QFileInfo(path).fileName()), detail};
}

// In pieces, so that stopping is heard; a device or a folder is no message.
Result<QByteArray> bytesOf(const QString &path, const CancelToken &token)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return tl::unexpected(unreadable(path, file.errorString()));
    QByteArray bytes;
    while (!file.atEnd()) {
        if (token.isCancelled())
            return failure(ErrorKind::Cancelled, MessageWork::tr("Stopped before the file was read to its end."));
        const QByteArray piece = file.read(kPiece);
        if (piece.isEmpty())
            return tl::unexpected(unreadable(path, file.errorString()));
        bytes += piece;
        if (bytes.size() > kLargestMessage)
            return failure(ErrorKind::TooLarge, MessageWork::tr("%1 is larger than 25 MB, which no mail server takes.")
                                                    .arg(QFileInfo(path).fileName()));
    }
    return bytes;
}

} // namespace

MessageWork::MessageWork(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    m_pool.setMaxThreadCount(1);
}

MessageWork::~MessageWork()
{
    m_token.cancel();
    m_pool.waitForDone();
}

void MessageWork::begin(Job job)
{
    m_token.cancel(); // of the one before
    m_token = CancelToken();
    ++m_job;
    m_isSending = job == Job::Send;
    m_isAsking = false;
    m_isBusy = true;
    emit busyChanged(true);
}

void MessageWork::start(std::function<void(const CancelToken &)> work)
{
    m_pool.start([work = std::move(work), token = m_token] {
        standBehindTheWindow();
        work(token);
    });
}

// On the GUI thread.
void MessageWork::finish(quint64 job, const std::function<void()> &tell)
{
    if (job != m_job)
        return;
    m_isBusy = false;
    emit busyChanged(false);
    tell();
}

void MessageWork::readText(const QByteArray &message)
{
    m_input = {message, {}, {}};
    analyse({});
}

void MessageWork::readFile(const QString &path)
{
    m_input = {};
    analyse(path);
}

void MessageWork::readAgain(const QString &clientAddress, const QString &envelopeSender)
{
    m_input.clientAddress = clientAddress.trimmed();
    m_input.envelopeSender = envelopeSender.trimmed();
    analyse({});
}

void MessageWork::analyse(const QString &path)
{
    begin(Job::Read);
    start([this, path, job = m_job, input = m_input, net = m_session.netOptions(),
           reader = m_session.messageReader()](const CancelToken &token) mutable {
        const auto read = [&]() -> Result<MessageStory> {
            if (!path.isEmpty()) {
                auto bytes = bytesOf(path, token);
                if (!bytes)
                    return tl::unexpected(bytes.error());
                input.bytes = std::move(*bytes);
            }
            return reader(input, net, token);
        };
        const Result<MessageStory> story = guarded(read);
        QMetaObject::invokeMethod(this, [this, job, input = std::move(input), story] {
            finish(job, [&] {
                m_input = input;
                if (story)
                    emit told(*story);
                else
                    emit failed(story.error());
            });
        });
    });
}

void MessageWork::send(const DeliverySetup &setup)
{
    begin(Job::Send);
    if (!needsPassword(setup)) {
        emit accountUsed(setup);
        sendNow(setup, Secret());
        return;
    }
    CredentialStore *store = m_session.credentialStore();
    if (!store) {
        finish(m_job, [this] {
            emit failed({ErrorKind::Unsupported, tr("This computer offers no keychain to read the password from.")});
        });
        return;
    }
    m_isAsking = true;
    store->read(setup.keychainEntry, [self = QPointer(this), job = m_job, setup](const Result<Secret> &password) {
        if (self && self->m_job == job)
            self->takePassword(setup, password);
    });
}

void MessageWork::takePassword(const DeliverySetup &setup, const Result<Secret> &password)
{
    m_isAsking = false;
    if (!password) {
        finish(m_job, [&] { emit failed(password.error()); });
        return;
    }
    m_session.noteCredentialUse({setup.keychainEntry});
    const DeliverySetup kept = withoutSecret(setup, *password);
    emit accountUsed(kept);
    sendNow(kept, *password);
}

void MessageWork::sendNow(const DeliverySetup &setup, const Secret &password)
{
    start([this, job = m_job, setup, password, net = m_session.netOptions(),
           sender = m_session.messageSender()](const CancelToken &token) {
        const Result<SentMessage> message = guarded([&] { return sender(setup, password, net, token); });
        QMetaObject::invokeMethod(this, [this, job, message] {
            finish(job, [&] {
                if (message)
                    emit sent(*message);
                else
                    emit failed(message.error());
            });
        });
    });
}

void MessageWork::stop()
{
    m_token.cancel();
    if (!std::exchange(m_isAsking, false))
        return;
    ++m_job; // its late answer must not send anything
    finish(m_job, [this] { emit failed({ErrorKind::Cancelled, tr("Stopped before anything was sent.")}); });
}

void MessageWork::forget()
{
    m_token.cancel();
    ++m_job;
    m_input = {};
    m_isAsking = false;
    if (std::exchange(m_isBusy, false))
        emit busyChanged(false);
}

} // namespace cockpit
