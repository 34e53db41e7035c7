// Does a page ask who comes?
#pragma once

struct GumboInternalNode;

namespace cockpit {

// A form, or the fields outside of all forms, with one field for a password that exists and few others. A form for a
// new user has more, or a password to be chosen.
bool hasLoginForm(const GumboInternalNode &root);

} // namespace cockpit
