// A JSON object whose members keep their order and their spelling: a signature is over bytes, and a token that comes
// back with its fields in another order is another token (RFC 7515 section 5.1).
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

class OrderedJson
{
public:
    // Empty for what is no JSON object, and for one that has a name twice (RFC 7515 section 4, RFC 7519 section 4).
    static std::optional<OrderedJson> parsed(const QByteArray &text);

    bool has(const QString &name) const;
    QJsonValue value(const QString &name) const; // Undefined when it is not there
    QString text(const QString &name) const { return value(name).toString(); }
    std::vector<QString> names() const;

    // Where a member of that name stands; else as the last one.
    void set(const QString &name, const QJsonValue &value);
    void remove(const QString &name);

    QByteArray compact() const; // without blanks between its parts; every value as it was written

    bool operator==(const OrderedJson &) const = default;

private:
    struct Member
    {
        QString name;
        QByteArray written; // the name, with its quotation marks
        QByteArray value;   // compact JSON
        bool operator==(const Member &) const = default;
    };
    std::vector<Member> m_members;
};

} // namespace cockpit
