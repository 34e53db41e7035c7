// Refused for want of a token against forged requests (CSRF): the product did not get as far as asking who it is.
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

// By status 419 (Laravel's own), or by the words of a refusal (400, 403, 422) as Django, Rails, Laravel, Express,
// Spring and SvelteKit say it. Of a page only what one reads counts: its form may hold a token of its own.
bool isForgeryRefusal(const HttpResponse &answer);

} // namespace cockpit
