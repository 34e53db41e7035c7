// Reads messages behind the page's back: files and the analysis on a worker, one at a time. The message is held in
// memory while the page may ask about it again, and is gone with it; nothing of it is written anywhere.
#pragma once

#include "checks/engine/messagework.h"

#include <QObject>
#include <QThreadPool>

namespace cockpit {

class Session;

class MessageWork : public QObject
{
    Q_OBJECT

public:
    explicit MessageWork(Session &session, QObject *parent = nullptr);
    ~MessageWork() override; // stops and waits, which takes at most the 100 ms of a token

    void readText(const QByteArray &message);
    void readFile(const QString &path);
    // The same message once more, with what the person knows better.
    void readAgain(const QString &clientAddress, const QString &envelopeSender);
    // Reads the password from the keychain first, for which the person may be asked; whoever that was, one message
    // goes out.
    void send(const DeliverySetup &setup);
    void stop();   // ends in failed() with Cancelled; or in sent(), when the whole message was on its way
    void forget(); // the message, and what is going on
    bool isBusy() const { return m_isBusy; }
    bool isSending() const { return m_isBusy && m_isSending; }
    bool hasMessage() const { return !m_input.bytes.isEmpty(); }

signals:
    void busyChanged(bool busy);
    void told(const cockpit::MessageStory &story);
    // The account that a message goes out through now, as the project may keep it.
    void accountUsed(const cockpit::DeliverySetup &setup);
    void sent(const cockpit::SentMessage &message);
    void failed(const cockpit::Error &error);

private:
    enum class Job { Read, Send };
    void begin(Job job); // whatever was going on is abandoned
    void start(std::function<void(const CancelToken &)> work);
    void finish(quint64 job, const std::function<void()> &tell);
    void analyse(const QString &path);
    void takePassword(const DeliverySetup &setup, const Result<Secret> &password);
    void sendNow(const DeliverySetup &setup, const Secret &password);

    Session &m_session;
    QThreadPool m_pool;
    CancelToken m_token;
    MessageInput m_input;
    quint64 m_job = 0; // counted: the late answer to an earlier one is nobody's
    bool m_isBusy = false;
    bool m_isSending = false;
    bool m_isAsking = false; // the keychain, which knows no stopping
};

} // namespace cockpit
