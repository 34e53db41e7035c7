// The fields by which a body could give its sender more than is meant, and the values that are tried. Pure.
#pragma once

#include "checks/actors/writetrial.h"

#include <QJsonValue>
#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace cockpit {

enum class MassClass { Price, Plan, Verified, Owner, Role, Tenant };
QString toWord(MassClass value);

// By its name: what only the server should decide. Empty for other names.
std::optional<MassClass> massClassOf(const QString &name);

struct MassField
{
    MassClass kind = MassClass::Price;
    QString name;
    QJsonValue shown; // what the product itself says
    QJsonValue sent;  // what is asked for
};

// Of the other test accounts: a value that belongs to nobody else. Without one, an owner or a tenant is not tried: a
// record must not end up with a stranger.
struct OtherPeople
{
    std::map<QString, QJsonValue> ofColleague; // the members of "who am I", by name
    std::map<QString, QJsonValue> ofOutsider;
    QString higherRole; // of an administrator among the accounts; empty: none
};

// What the product shows of the record or the account, and the good body does not hold. Tenant comes last, as the
// record is gone afterwards.
std::vector<MassField> massFieldsOf(const WritePlace &place, const QByteArray &goodBody, const HttpResponse &shown,
                                    const OtherPeople &others);
// Where a page shows it, and no field has a name: of the account its role, where the page names that of the account; of
// a record the other customer, as the product calls its number (OtherPeople), spelled as forms do.
std::vector<MassField> massFieldsOfPage(const WritePlace &place, const QByteArray &goodBody, const HttpResponse &shown,
                                        const QString &role, const OtherPeople &others);

// The good body with the field in it.
QByteArray bodyWithField(const WritePlace &place, const QByteArray &goodBody, const QString &name,
                         const QJsonValue &value);

// Whether one of the members is the number of a customer.
bool namesTenant(const std::map<QString, QJsonValue> &members);

// The members of an answer of "who am I", without lists and objects; of {"user": {…}} those inside.
std::map<QString, QJsonValue> plainMembersOf(const HttpResponse &answer);

// "/api/me", "/account": what it shows is the account itself.
bool isOwnAccount(const Route &read, const QString &whoAmIUrl);

} // namespace cockpit
