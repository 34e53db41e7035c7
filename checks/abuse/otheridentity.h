// Whether a recorded body names a person beside the account that a try is meant for: a phone number, an id, an address.
// What is tried with wrong codes could lock that one out. Pure.
#pragma once

#include <QByteArray>
#include <QString>

namespace cockpit {

// body: with holes ("{{user}}") where values are put in before it is sent; those are nobody else's, and neither is what
// is `user` already, empty, or a mask ("<value>"). Gives the name of the first other field that says who somebody is by
// its name or by its value (an address, a number with a country code); empty when there is none. A body that cannot be
// read field by field has none.
QString otherIdentityIn(const QByteArray &contentType, const QByteArray &body, const QString &user);

} // namespace cockpit
