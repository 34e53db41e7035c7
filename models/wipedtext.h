// Overwrites texts that may hold secrets before their memory is given back.
#pragma once

#include <QByteArray>
#include <QString>

namespace cockpit {

// All of its own memory becomes zeros: the text, the room behind it, and the room before it that is left where its
// front was taken off. Its length stays. Of a buffer that somebody else shares, nothing.
void overwrite(QString &text);
void overwrite(QByteArray &bytes);
// The same, and it is empty then. A buffer that somebody else shares is theirs as well, and stays as it is: copies are
// not followed.
void wipe(QString &text);
void wipe(QByteArray &bytes);

// For a copy that is needed in a function alone.
template<typename Text>
class WipedCopy
{
public:
    explicit WipedCopy(Text text) : m_text(std::move(text)) {}
    Q_DISABLE_COPY_MOVE(WipedCopy)
    ~WipedCopy() { wipe(m_text); }

    Text &operator*() { return m_text; }
    Text *operator->() { return &m_text; }

private:
    Text m_text;
};

} // namespace cockpit
