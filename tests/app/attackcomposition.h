// What the program is made of, with checks that attack.
#pragma once

#include "app/composition.h"

#include <utility>
#include <vector>

namespace cockpit::test {

using namespace Qt::StringLiterals;

// The program's own, with one check that attacks and one that signs in, so that these rows do not hang on which are
// built.
inline Composition composedWithAttack()
{
    Composition composition = compose(u"en"_s).value();
    composition.registry = {};
    for (const auto &[id, needs] : {std::pair{u"access.forged-token"_s, std::vector<Need>{}},
                                    std::pair{u"access.roles"_s, std::vector<Need>{Need::TestAccounts}}}) {
        Check check;
        check.id = id;
        check.needs = needs;
        check.look = [](const Look &) { return Judged(); };
        if (id == "access.forged-token"_L1)
            check.requests = [id = id](const Outlook &) {
                return std::vector{RequestNeed{.account = id, .most = 400}};
            };
        composition.registry.add(std::move(check));
    }
    composition.machineKey = [] { return QByteArray("key of this machine"); };
    return composition;
}

} // namespace cockpit::test
