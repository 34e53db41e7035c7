// Whose texts are whose, over the whole table: by what each account gets in the ordinary way.
#pragma once

#include "checks/access/rolecells.h"
#include "checks/actors/answertext.h"

#include <QHash>

#include <map>
#include <set>
#include <vector>

namespace cockpit {

// Rests on the answers of a look, which outlives it. Not shared between threads: it remembers what it has looked up.
class RoleTenants
{
public:
    explicit RoleTenants(const RoleLook &look);

    // Of an account of another tenant than the asker's: texts that the asker (null: nobody) sees nowhere in the
    // ordinary way. Where the asker was asked as well and got no answer that tells, nobody knows what it sees: texts
    // from there alone are none of these.
    Markers markersFor(const TestActor *asker, const TestActor &owner) const;
    // Those of other tenants in the answer to a list, of which `row` is the place in the table. They stand in other
    // lists of their owner that the asker was answered as well, and in no other one of the asker's tenant: what all
    // tenants see in this list alone is shared.
    std::vector<Marker> strangersIn(const TestActor &asker, std::size_t row, const HttpResponse &answer) const;

private:
    struct Account
    {
        TestActor actor;
        std::vector<HttpResponse> answers;
        std::vector<std::size_t> rows; // of each answer
        std::vector<AnswerText> texts; // of each answer
        Markers markers;
        mutable QHash<QString, std::set<std::size_t>> rowsWith; // by the marker's text
    };

    void add(const RoleRow &row, std::size_t at, std::vector<HttpResponse> &publicAnswers);
    bool isKnownIn(const QString &tenant, std::size_t row, const Marker &marker) const;
    static const std::set<std::size_t> &rowsWith(const Account &account, const Marker &marker);
    static bool hasElsewhere(const Account &account, std::size_t row, const Marker &marker);
    bool isUntold(const TestActor *asker, std::size_t row) const;
    bool isFromTold(const Account &owner, const TestActor *asker, const Marker &marker) const;
    bool hasElsewhereTold(const Account &owner, const TestActor &asker, std::size_t row, const Marker &marker) const;

    std::map<QString, Account> m_accounts;             // by TestActor::id
    std::map<QString, std::set<std::size_t>> m_untold; // by TestActor::id, of nobody empty: asked, and not told
};

} // namespace cockpit
