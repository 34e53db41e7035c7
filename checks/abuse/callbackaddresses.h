// Addresses that a product must not call for its customers, in the spellings that get past careless filters. Pure.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

enum class CallbackKind {
    Loopback, // this machine: 127.0.0.0/8, ::1, 0.0.0.0 (RFC 1122, RFC 4291)
    Private,  // the own network: RFC 1918, RFC 4193
    Metadata, // 169.254.169.254 and its names, where clouds hand out keys
    Scheme,   // file: and others that are no web address
};
QString toWord(CallbackKind value);

struct CallbackAddress
{
    CallbackKind kind = CallbackKind::Loopback;
    QString url;
};

// With the text as the last part of the path. The likely ones of each kind first.
std::vector<CallbackAddress> innerAddresses(const QString &text);

// The field of a JSON body or a form that takes an address; empty without one.
QStringList addressFieldsOf(const QByteArray &contentType, const QByteArray &body);
// The body with that address in the field.
QByteArray bodyWithAddress(const QByteArray &contentType, const QByteArray &body, const QString &field,
                           const QString &url);

QString addressIn(const QByteArray &contentType, const QByteArray &body, const QString &field);
// A public address with the text at the end of its path; without an address, one of example.com (RFC 2606).
QString withText(const QString &url, const QString &text);

// What only the inside could have said: the list of the metadata service, a file of the system. Empty without it.
std::optional<QString> innerContentIn(const QByteArray &body);
// An error that says that somebody tried to connect ("ECONNREFUSED"). Empty without it.
std::optional<QString> connectErrorIn(const QByteArray &body);

} // namespace cockpit
