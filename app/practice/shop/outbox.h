// The letters that a practice server would have sent. Nothing of it is ever given out by HTTP.
#pragma once

#include <QByteArray>
#include <QString>

#include <mutex>
#include <optional>
#include <vector>

namespace cockpit {

enum class LetterKind { Reset, Invitation, SignUp, AlreadyRegistered, Code };

struct Letter
{
    LetterKind kind = LetterKind::Reset;
    QString to;       // the address as it is stored
    QByteArray link;  // whole address with the token; empty in AlreadyRegistered and Code
    QByteArray token; // the one in the link; of Code its digits
};

class Outbox // any thread
{
public:
    void send(Letter letter);
    std::vector<Letter> letters() const; // oldest first
    std::optional<Letter> newest(LetterKind kind, const QString &to) const;
    void clear();

private:
    mutable std::mutex m_lock;
    std::vector<Letter> m_letters;
};

} // namespace cockpit
