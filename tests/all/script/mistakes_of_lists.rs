//! Every error text of groups, edits, expectations and figures, and what is said of several at once.

use super::mistakes::check;

#[test]
fn groups() {
    check(
        r##"
        group orders
        ! line 1, column 13: expected `on`, but the line ends here

        group orders on
        ! line 1, column 16: expected a process such as `3`, but the line ends here

        group orders 1 2 3
        ! line 1, column 14: expected `on`, found `1`

        group orders on 1 9
        ! line 1: process 9 does not exist: the processes are 1 to 6

        group orders on 1 2 leader 3
        ! line 1: process 3 is not in group orders, whose members are 1 and 2

        group größe on 1 2
        ! line 1: a group's name starts with a letter and goes on with letters, digits, - and _ (found `größe`)

        group orders on 1 2
        group orders on 3 4
        ! line 2: there are two groups named orders

        group orders on 1 2
        leader 2
        ! line 2: beside groups there is no leader of all; each `group` line can name its own

        group orders on 1 2
        message Alive 1->2 #1 lost
        ! line 2: there are groups, so an override says which one: end it with `in orders`

        group orders on 1 2
        message Alive 1->3 #1 lost in orders
        ! line 2: process 3 is not in group orders, whose members are 1 and 2

        group orders on 1 2
        at 1s suspect 3 in orders
        ! line 2: process 3 is not in group orders, whose members are 1 and 2

        group orders on 1 2
        expect leader 1 in order
        ! line 2, column 20: there is no group `order`; did you mean `orders`?

        group orders on 1 2
        group users on 3 4
        expect leader 1 in sales
        ! line 3, column 20: there is no group `sales`; there are `orders` and `users`

        group orders on 1 2
        load 200/s
        ! line 2: there are groups, so a load says which one: write `load orders …`
        "##,
    );
}

#[test]
fn loads() {
    check(
        r##"
        load orders 200/s
        ! line 1, column 6: there is no group `orders`; a `group` line makes one

        load main 200
        ! line 1, column 11: `200` is not per second; write `200/s`

        load main 2000000/s
        ! line 1: 2000000 requests per second are too many; the most is 1000000

        load 99999999999/s
        ! line 1, column 6: `99999999999/s` is too large a number

        capacity many
        ! line 1, column 10: expected a number of requests such as `200/s`, found `many`
        "##,
    );
}

#[test]
fn edits() {
    check(
        r##"
        message Elction 3->5 #1 lost
        ! line 1, column 9: `Elction` is not a kind of message; did you mean `Election`?

        message Hello 3->5 #1 lost
        ! line 1, column 9: `Hello` is not a kind of message; write `Election`, `Alive`, `Proceed`, `Elected`, `Heartbeat`, `Ack`, `VoteRequest`, `Vote`, `PreVoteRequest`, `PreVote`, `Invitation` or `Accept`

        message Election 3--5 #1 lost
        ! line 1, column 19: expected `->`, found `--`

        message Election 3->5 lost
        ! line 1, column 23: expected an ordinal such as `#1`, found `lost`

        message Election 3->5 #0 lost
        ! line 1: `message Election 3->5 #0` is counted from #1

        message Election 3->5 #99999999999 lost
        ! line 1, column 23: `#99999999999` is too large a number

        message Election 3->5 #1
        ! line 1, column 25: expected something that can be decided of a message (`lost`, `arrives`, `delayed` or `duplicated`), but the line ends here

        message Election 3->5 #1 los
        ! line 1, column 26: `los` is not something that can be decided of a message; did you mean `lost`?

        message Election 3->5 #1 gone
        ! line 1, column 26: `gone` is not something that can be decided of a message; write `lost`, `arrives`, `delayed` or `duplicated`

        message Election 3->3 #1 lost
        ! line 1: a link leads from process 3 to itself

        message Election 3->9 #1 lost
        ! line 1: process 9 does not exist: the processes are 1 to 6

        message Election 3->5 #1 copy duplicated
        ! line 1: `message Election 3->5 #1 copy` cannot be duplicated: it is a copy itself

        message Election 3->5 #1 lost
        message Election 3->5 #1 arrives 200ms
        ! line 2: `message Election 3->5 #1` is fixed twice; line 1 fixed it first

        timer alife 3 #1 fires 200ms
        ! line 1, column 7: `alife` is not a kind of timer; did you mean `alive`?

        timer alive 3 #1 runs 200ms
        ! line 1, column 18: expected `in` or `fires`, found `runs`
        "##,
    );
}

#[test]
fn expectations() {
    check(
        r##"
        expect
        ! line 1, column 7: expected something that can be expected (`leader`, `follows`, `leads`, `agreement`, `no split brain`, `split brain`, `messages`, `elections`, `changes`, `unprovoked changes <=`, `leaderless <=`, `split brain <=`, `longest leaderless <=`, `longest split brain <=`, `always` or `in`), but the line ends here

        expect peace
        ! line 1, column 8: `peace` is not something that can be expected; write `leader`, `follows`, `leads`, `agreement`, `no split brain`, `split brain`, `messages`, `elections`, `changes`, `unprovoked changes <=`, `leaderless <=`, `split brain <=`, `longest leaderless <=`, `longest split brain <=`, `always` or `in`

        expect longst leaderless <= 5s
        ! line 1, column 8: `longst` is not something that can be expected; did you mean `longest`?

        expect leader 9
        ! line 1: process 9 does not exist: the processes are 1 to 6

        expect leader 5 befor 500ms
        ! line 1, column 17: expected `at`, `by`, `from`, `after`, `in` or the end of the line, found `befor`

        expect leader 5 by 20s
        ! line 1: 20s is after the end of the run, which is 10s

        expect no leader
        ! line 1, column 11: expected `split`, found `leader`

        expect split
        ! line 1, column 13: expected `brain`, but the line ends here

        expect leaderless = 5ms
        ! line 1, column 19: expected `<=`, found `=`

        expect elections < 3
        ! line 1, column 18: `< 3` cannot be read: a count is compared by `=`, `<=` or `>=`; write `<= 2`

        expect messages Elektion = 3
        ! line 1, column 17: `Elektion` is not a kind of message; did you mean `Election`?

        expect messages = many
        ! line 1, column 19: expected a whole number, found `many`

        expect agreement until 3s
        ! line 1, column 18: expected `at`, `by`, `from`, `after`, `in` or the end of the line, found `until`; did you mean `by`?

        expect split brains
        ! line 1, column 14: expected `brain`, found `brains`; did you mean `brain`?

        expect longest election <= 5s
        ! line 1, column 16: expected `leaderless` or `split`, found `election`

        expect 1
        ! line 1, column 9: expected `follows` or `leads`, but the line ends here

        expect 1 folows 5
        ! line 1, column 10: expected `follows` or `leads`, found `folows`; did you mean `follows`?

        expect 1 follows none
        ! line 1, column 18: expected a process such as `3`, found `none`

        expect 1 follows 1
        ! line 1: process 1 cannot follow itself; write `expect 1 leads`

        expect 1 follows 9
        ! line 1: process 9 does not exist: the processes are 1 to 6

        expect 9 leads
        ! line 1: process 9 does not exist: the processes are 1 to 6

        expect 0 leads
        ! line 1, column 8: `0` is no rank; a rank is a whole number from 1 to 65535

        group orders on 1 2 3
        expect 1 follows 5 in orders
        ! line 2: process 5 is not in group orders, whose members are 1 to 3

        expect leader 5 at 20s
        ! line 1: 20s is after the end of the run, which is 10s

        expect leader 5 from 2s
        ! line 1, column 24: expected `to`, but the line ends here

        expect leader 5 from 2s until 3s
        ! line 1, column 25: expected `to`, found `until`

        expect leader 5 from 2s to 11s
        ! line 1: 11s is after the end of the run, which is 10s

        expect leader 5 from 2s to 2s
        ! line 1: it has to be true from 2s until just before 2s, which is not later

        expect unprovoked changes = 0
        ! line 1, column 27: expected `<=`, found `=`

        expect changes <= 2 after 1s
        ! line 1, column 21: expected `in` or the end of the line, found `after`

        expect messages = 3 at 1s
        ! line 1, column 21: expected `after`, `in` or the end of the line, found `at`
        "##,
    );
}

#[test]
fn added_faults() {
    check(
        r##"
        expect always
        ! line 1, column 14: expected something that can be expected (`leader`, `follows`, `leads`, `agreement`, `no split brain`, `split brain`, `messages`, `elections`, `changes`, `unprovoked changes <=`, `leaderless <=`, `split brain <=`, `longest leaderless <=`, `longest split brain <=`, `always` or `in`), but the line ends here

        expect alwys agreement with 1 fault
        ! line 1, column 8: `alwys` is not something that can be expected; did you mean `always`?

        expect always agreement
        ! line 1, column 24: `always` needs the faults that are added: end with `with 1 fault`, or with several as in `with 2 faults of crash lose`

        group orders on 1 2 3
        expect always agreement in orders
        ! line 2, column 25: `always` needs the faults that are added: end with `with 1 fault`, or with several as in `with 2 faults of crash lose`

        expect always agreement wiht 1 fault
        ! line 1, column 25: expected `at`, `by`, `from`, `after` or `with`, found `wiht`; did you mean `with`?

        expect always agreement with two faults
        ! line 1, column 30: expected a whole number, found `two`

        expect always agreement with 2
        ! line 1, column 31: expected `fault` or `faults`, but the line ends here

        expect always agreement with 0 faults
        ! line 1, column 30: `always` is about 1 to 4 added faults (found 0); leave it out to expect this of one run

        expect always agreement with 9 faults of crash
        ! line 1, column 30: `always` is about 1 to 4 added faults (found 9)

        expect always agreement with 99999999999999999999 faults
        ! line 1, column 30: `99999999999999999999` is too large a number

        expect always agreement with 2 faults of
        ! line 1, column 41: expected a kind of fault (`delay`, `duplicate`, `lose`, `pause`, `suspect`, `cut`, `cut-both`, `partition`, `restart` or `crash`), but the line ends here

        expect always agreement with 2 faults of crash looose
        ! line 1, column 48: `looose` is not a kind of fault; did you mean `lose`?

        expect always agreement with 2 faults of crash and lose
        ! line 1, column 48: `and` is not a kind of fault; write `delay`, `duplicate`, `lose`, `pause`, `suspect`, `cut`, `cut-both`, `partition`, `restart` or `crash`

        expect always agreement with 2 faults of crash lose crash
        ! line 1, column 53: `crash` appears twice in this line

        expect always agreement with 2 faults crash
        ! line 1, column 39: expected `of`, `in` or the end of the line, found `crash`

        expect in 99 of seeds agreement
        ! line 1, column 11: `99` has no percent sign; write `99%`

        expect in 0% of seeds agreement
        ! line 1, column 11: `in 0% of seeds` holds whatever happens; claim more, as in `in 99% of seeds`

        expect in 99% of runs agreement
        ! line 1, column 18: expected `seeds`, found `runs`

        expect in 99% of seeds
        ! line 1, column 23: expected something that can be expected (`leader`, `follows`, `leads`, `agreement`, `no split brain`, `split brain`, `messages`, `elections`, `changes`, `unprovoked changes <=`, `leaderless <=`, `split brain <=`, `longest leaderless <=`, `longest split brain <=`, `always` or `in`), but the line ends here

        expect in 99% of seeds always agreement with 1 fault
        ! line 1, column 24: an expectation is about added faults or about a share of seeds, not about both

        expect in 99% of seeds agreement with 1 fault
        ! line 1, column 34: expected `at`, `by`, `from`, `after`, `in` or the end of the line, found `with`

        seeds 0
        ! line 1: 0 seeds are not possible; there are 1 to 10000

        expect no split brain with 2 faults
        ! line 1, column 23: faults are added only to what is expected `always`: write `expect always … with …`
        "##,
    );
}

#[test]
fn figures() {
    check(
        r##"
        figure
        ! line 1, column 7: expected something that a figure can say (`start`, `end`, `speed`, `view` or `height`), but the line ends here

        figure start 1s start 2s
        ! line 1, column 17: `start` appears twice in this line

        figure colour red
        ! line 1, column 8: `colour` is not something that a figure can say; write `start`, `end`, `speed`, `view` or `height`

        figure view stag
        ! line 1, column 13: `stag` is not a view; did you mean `stage`?

        figure start 2s end 1s
        ! line 1: the figure ends at 1s, but it has to end after it starts, at 2s

        figure height 70000
        ! line 1, column 15: `70000` is too large a number

        figure speed 0ms
        ! line 1: the figure's speed is zero; it needs a length
        "##,
    );
}

#[test]
fn several_errors_are_reported_at_once() {
    check(
        r##"
        at 1s crash 9
        sed 5
        leader 9
        ! line 2, column 1: `sed` is not a statement; did you mean `seed`?

        at 1s crash 9
        expect leader 5 by 20s
        at 19s crahs 3
        ! line 1: process 9 does not exist: the processes are 1 to 6
        ! line 3, column 8: `crahs` is not something that happens at a time; did you mean `crash`?

        seed 3
        at 1s crash 9
        at 1s cut 3
        ! line 2: process 9 does not exist: the processes are 1 to 6
        ! line 3, column 12: expected `->` or `--`, but the line ends here

        proceses 12
        at 1s crash 9
        ! line 1, column 1: `proceses` is not a statement; did you mean `processes`?
        "##,
    );
}
