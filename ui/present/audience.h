// What an audience may read: texts without secrets and without the names of people.
#pragma once

#include "models/projectstate.h"

namespace cockpit {

class AudienceMask
{
public:
    explicit AudienceMask(const ProjectState &project);

    // Redacted, and with dots for owners, deciders, credentials' names and mail addresses.
    QString apply(const QString &text) const;

private:
    QStringList m_names; // longest first
};

} // namespace cockpit
