// What an audience may read: texts without secrets and without the names of people.
#pragma once

#include "models/projectstate.h"

#include <QRegularExpression>

namespace cockpit {

class AudienceMask
{
public:
    explicit AudienceMask(const ProjectState &project);

    // Redacted, and with dots for owners, deciders, those who answered (each part of a name too), credentials' names
    // and mail addresses.
    QString apply(const QString &text) const;

private:
    QRegularExpression m_names; // any of them; an empty pattern when nobody is known
};

} // namespace cockpit
