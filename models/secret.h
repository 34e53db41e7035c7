// A secret value in memory: zeroed when it goes, never printed, never serialised.
#pragma once

#include <QByteArray>
#include <QDebug>

namespace cockpit {

class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray value);
    ~Secret();
    Secret(const Secret &other);
    Secret &operator=(const Secret &other);
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;

    bool isEmpty() const { return m_value.isEmpty(); }
    // For the one place that hands the value to its service or to the screen on explicit request.
    const QByteArray &reveal() const { return m_value; }
    // Constant-time comparison.
    bool operator==(const Secret &other) const;

private:
    void wipe() noexcept;
    QByteArray m_value; // never shared: copies are deep, so that wiping one place is enough for it
};

// Prints dots, whatever the value.
QDebug operator<<(QDebug debug, const Secret &secret);

} // namespace cockpit
