// What each start of the program keeps for the next one: the compiled patterns, and the key of this user that seals
// them. Made by one start and put into the homes of others, where a first start is not what a test is about.
#pragma once

#include "tests/app/builtprogram.h"

namespace cockpit {

class WarmHome
{
public:
    // False when the start failed.
    bool make() const { return m_first.run({QStringLiteral("secrets"), m_first.path({})}).status == 0; }
    bool copyTo(const BuiltProgram &other) const
    {
        return QProcess::execute(QStringLiteral("cp"), {QStringLiteral("-a"), m_first.path(QStringLiteral(".cache")),
                                                        m_first.path(QStringLiteral(".local")), other.path({})}) == 0;
    }

private:
    const BuiltProgram m_first{};
};

} // namespace cockpit
