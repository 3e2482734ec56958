"""Pure: the facts of a volunteer's day and the policy in force become visits, credit, outcomes and reasons."""
