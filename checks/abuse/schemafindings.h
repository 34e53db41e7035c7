// Findings of abuse.schema: one for each kind of fault of a route, with all that it takes.
#pragma once

#include "checks/abuse/answerrules.h"
#include "checks/abuse/inputverdict.h"
#include "checks/abuse/schemamemory.h"
#include "models/finding.h"

#include <vector>

namespace cockpit {

// Codes of what answers are, beside the description that the product gives of them.
inline const QString kSecretShown = QStringLiteral("secret_field_shown");
inline const QString kInternalShown = QStringLiteral("internal_field_shown");
inline const QString kAnswerDiffers = QStringLiteral("answer_differs");

// Collects what was found; pure.
class SchemaFindings
{
public:
    SchemaFindings(const BadInputRun &run, const std::vector<PageLeakRule> &rules) : m_run(run), m_rules(rules) {}

    void addTried(const TriedMutation &one, const PlaceRun &place);
    void addRead(const AskedRead &read);
    void addPage(const AskedPageSize &page);
    void addAnswer(const AnswerComparison &one);
    // By kind, the gravest first.
    std::vector<Finding> take();
    // By what each of them was found.
    std::vector<SchemaFound> found() const;

private:
    // One request and what it says of a route.
    struct Asked
    {
        Route route;
        QString by;   // SchemaFound::by
        QString what; // "\"name\": a number or a text where the other belongs"
        const ActiveRequest &request;
        const HttpResponse &answer;
    };
    struct Case
    {
        SchemaFound found;
        QString what;
        Proof proof = Proof::Proven;
        std::optional<Evidence> evidence = {};
    };
    void add(const QString &code, Proof proof, const Asked &asked);
    bool addMarks(const InputMarks &marks, const Asked &asked);
    // isFirst: of its kind on that host. What is put there for it serves the other routes.
    Finding findingOf(const std::vector<const Case *> &cases, bool isFirst) const;

    const BadInputRun &m_run;
    const std::vector<PageLeakRule> &m_rules;
    std::vector<Case> m_cases;
};

// The finding that a kept body of this kind is.
QString codeOf(MutationKind kind);

} // namespace cockpit
