#include "ui/message/messagework.h"

#include "ui/session.h"

#include <QFile>
#include <QFileInfo>

#include <utility>

namespace cockpit {

namespace {

constexpr qint64 kPiece = 256 * 1024;

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

void MessageWork::start(std::function<void(const CancelToken &)> work)
{
    m_token.cancel(); // of the one before
    m_token = CancelToken();
    ++m_job;
    m_pool.start([work = std::move(work), token = m_token] { work(token); });
    if (!std::exchange(m_isBusy, true))
        emit busyChanged(true);
}

// On the GUI thread.
void MessageWork::finish(quint64 job, std::function<void()> tell)
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
    start([this, path, job = m_job + 1, input = m_input, net = m_session.netOptions(),
           reader = m_session.messageReader()](const CancelToken &token) mutable {
        Result<void> ready = {};
        if (!path.isEmpty()) {
            auto bytes = bytesOf(path, token);
            if (bytes)
                input.bytes = std::move(*bytes);
            else
                ready = tl::unexpected(bytes.error());
        }
        const Result<MessageStory> story = ready ? reader(input, net, token) : tl::unexpected(ready.error());
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

void MessageWork::send(const DeliverySetup &setup, const Secret &password)
{
    start([this, job = m_job + 1, setup, password, net = m_session.netOptions(),
           sender = m_session.messageSender()](const CancelToken &token) {
        const Result<SentMessage> message = sender(setup, password, net, token);
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

void MessageWork::refuse(const Error &error)
{
    emit failed(error);
}

void MessageWork::stop()
{
    m_token.cancel();
}

void MessageWork::forget()
{
    m_token.cancel();
    ++m_job;
    m_input = {};
    if (std::exchange(m_isBusy, false))
        emit busyChanged(false);
}

} // namespace cockpit
