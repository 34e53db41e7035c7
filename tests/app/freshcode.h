// The program in a home of its own that has its patterns compiled, and a repository for it to look at.
#pragma once

#include "tests/app/builtprogram.h"
#include "tests/app/warmhome.h"
#include "tests/checks/secrets/gitfixture.h"

#include <memory>

namespace cockpit {

// Both new, with one commit that has this file. False when the home could not be made.
inline bool beginFresh(const WarmHome &warm, std::unique_ptr<BuiltProgram> &program, std::unique_ptr<GitFixture> &code,
                       const QString &name, const QByteArray &bytes)
{
    program = std::make_unique<BuiltProgram>();
    code = std::make_unique<GitFixture>();
    code->init();
    code->write(name, bytes);
    code->commitAll(QStringLiteral("start"));
    return warm.copyTo(*program);
}

} // namespace cockpit
