// Which findings a pasted text showed: the text is gone after its run, and that nobody reads it again proves nothing.
// In a result: observed.pasted[{"code","subject"|null}], of the last text that was pasted; absent without any.
#pragma once

#include "models/unseen.h"

namespace cockpit {

void notePasted(const std::vector<Finding> &findings, QJsonObject &observed);
// As what a look that does not read the text cannot see.
std::vector<Unseen> pastedIn(const QJsonObject &observed);
bool isOfPasted(const Finding &finding, const QJsonObject &observed);

// What was noted stays noted where the text was not read again, and cannot be seen to be gone.
void keepPasted(const QJsonObject &before, QJsonObject &observed);

} // namespace cockpit
