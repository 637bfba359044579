#include "hub/teams/people.h"

#include "storage/teams/queries.h"

namespace splot::teams {

Async<Result<PeopleList>> list_people(Call& call, ListPeople ask) {
    const auto facts = co_await call.access.kernel().facts(call.actor().person);
    Result<Grant> admitted = refuse(Code::not_found);
    if (facts->administrator)
        admitted = co_await call.access.admit_administrator();
    else
        admitted = co_await call.access.admit(access::Action::read, ask.institution);
    CO_TRY(const Grant grant, std::move(admitted));
    PeopleList answer;
    answer.people = co_await storage::teams::people_of_institution(call.tx(), grant, ask.institution);
    co_return answer;
}

void add_people(Dispatcher& rpc) { rpc.add<ListPeople>(list_people); }

} // namespace splot::teams
