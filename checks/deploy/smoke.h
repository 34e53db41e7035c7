// deploy.smoke: after a release, signing in, one read, one write, a protected route and signing out all work.
// What a person would click through in five minutes, with a test account; a test record is made and removed.
// observed: "actor": name of the account; "steps": [{"step": sign_in|read|protected|write|sign_out,"route","end":
// works|broken|not_tried|unclear,"status": of the last answer or 0,"duration_ms","why": sentence?}]; "requests".
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"
#include "models/finding.h"

#include <chrono>
#include <optional>
#include <vector>

namespace cockpit {

enum class SmokeStep { SignIn, Read, Protected, Write, SignOut };
QString toWord(SmokeStep value);

enum class SmokeEnd {
    Works,
    Broken,
    NotTried, // the project does not say how
    Unclear,  // an answer that does not tell
};
QString toWord(SmokeEnd value);

struct SmokeResult
{
    SmokeStep step = SmokeStep::SignIn;
    SmokeEnd end = SmokeEnd::NotTried;
    QString route = {}; // "GET /invoices"; empty where the step has none
    QString why = {};   // a sentence; empty where it works
    int status = 0;     // of the last answer; 0: none
    std::chrono::milliseconds took{0};
    std::optional<Evidence> evidence = {};
};

struct SmokeLook
{
    QString actor;
    std::vector<SmokeResult>
        steps; // in the order of SmokeStep; steps behind one that nothing works without are missing
    int requests = 0;
};

Check smokeCheck();
// Passes only when all five steps worked; not_run when one of them could not be tried and none is broken.
Judged judgeSmoke(const SmokeLook &look);

} // namespace cockpit
