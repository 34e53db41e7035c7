// A digest of all that a compiled database depends on: it is read back for the same alone. Internal to the folder.
#pragma once

#include <QByteArray>
#include <QCryptographicHash>

struct hs_database;

namespace cockpit {

class PatternIdentity
{
public:
    PatternIdentity(); // of this version of Hyperscan and this kind of processor

    void add(QByteArrayView part);
    QByteArray result() const { return m_hash.result(); }

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

QByteArray bytesOf(const hs_database *database);                    // empty where there is no memory for it
bool readDatabase(const QByteArray &bytes, hs_database *&database); // as bytesOf() gives them

} // namespace cockpit
