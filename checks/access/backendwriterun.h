// One test record at one place of a backend service (backendwrites.h).
#pragma once

#include "checks/access/backendwriteremoval.h"
#include "checks/access/backendwrites.h"

#include <memory>

namespace cockpit {

// Belongs to the worker of its wire. The steps that it adds to the list send by the wire after it has gone.
class BackendWriteRun
{
public:
    BackendWriteRun(BackendTrial trial, std::shared_ptr<Wire> wire, UndoList &undo);
    BackendWrite run();

private:
    void say(WriteEnd end, const QString &why = {});
    bool canBeSeen();
    bool isWrittenDown();
    void create();
    void judge(const HttpResponse &answer);
    void judgeRefusedRow(const HttpResponse &answer);
    void judgeBlind();
    void judgeTaken(const HttpResponse &answer);
    void addRemoval();
    bool isTable() const { return m_trial.place.part == BackendPart::Table; }

    const BackendTrial m_trial;
    const std::shared_ptr<Wire> m_wire;
    UndoList &m_undo;
    const std::shared_ptr<BackendTrace> m_trace = std::make_shared<BackendTrace>();
    BackendWrite m_result;
    bool m_hasRemoval = false;
};

} // namespace cockpit
