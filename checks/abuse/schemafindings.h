// Findings of abuse.schema: one for each kind of fault, with the routes that have it.
#pragma once

#include "checks/abuse/answerrules.h"
#include "checks/abuse/inputverdict.h"
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
    std::vector<Finding> take();

private:
    struct Case
    {
        QString code;
        QString route;
        QString what; // "\"name\": a number or a text where the other belongs"
        Proof proof = Proof::Proven;
        std::optional<Evidence> evidence;
        QString host;
    };
    void add(const QString &code, Proof proof, const Route &route, const QString &what, const ActiveRequest &request,
             const HttpResponse &answer);
    bool addMarks(const InputMarks &marks, const Route &route, const QString &what, const ActiveRequest &request,
                  const HttpResponse &answer);
    Finding findingOf(const std::vector<const Case *> &cases) const;

    const BadInputRun &m_run;
    const std::vector<PageLeakRule> &m_rules;
    std::vector<Case> m_cases;
};

// The finding that a kept body of this kind is.
QString codeOf(MutationKind kind);

} // namespace cockpit
