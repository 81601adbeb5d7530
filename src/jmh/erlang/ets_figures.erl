%% Figures of ETS, for the report of the table engine: EngineReport runs this once for each case.
%%
%%   erl -noshell -pa DIR -run ets_figures main OPERATION TYPE KEYS ROWS ROWS_PER_KEY PROCESSES PASSES
%%
%% Prints the nanoseconds an operation takes a process, one number a pass (the first pass, to warm up, is not printed).
%% Operations, keys and rows are those of the Java benchmarks: see Operation.java, Keys.java and Row.java.
-module(ets_figures).
-export([main/1]).

-define(RANGE, 100).
-define(RANGES, 5000).
-define(HEAP_WORDS, 20000000).

main([Operation, Type, Kind | Numbers]) ->
    [Rows, RowsPerKey, Processes, Passes] = [list_to_integer(N) || N <- Numbers],
    Keys = shuffled(Kind, Rows div RowsPerKey),
    measure(list_to_atom(Operation), list_to_atom(Type), Keys, RowsPerKey, Processes, Passes),
    halt().

measure(fill, Type, Keys, 1, 1, Passes) ->
    passes(Passes, length(Keys), [fun() -> fill(new(Type), Keys, 1) end]);
measure(Operation, Type, Keys, RowsPerKey, Processes, Passes) ->
    Table = new(Type),
    fill(Table, Keys, RowsPerKey),
    Shuffled = shuffle(Keys),
    Work = fun(Process) -> work(Operation, Table, Shuffled, RowsPerKey, Process, Processes) end,
    {_, Count} = Work(1),
    passes(Passes, Count, [element(1, Work(Process)) || Process <- lists:seq(1, Processes)]).

new(Type) ->
    ets:new(rows, [Type, public, {read_concurrency, true}, {write_concurrency, true}]).

row(Key, Count) ->
    {Key, <<"name">>, Count, 3.5, active}.

fill(Table, Keys, RowsPerKey) ->
    lists:foreach(
        fun(Count) -> overwrite(Table, Keys, Count) end,
        lists:seq(0, RowsPerKey - 1)
    ).

%% What a process does in one pass, and how many operations that is.
work(read, T, Keys, _, _, _) ->
    {fun() -> read(T, Keys) end, length(Keys)};
work(overwrite, T, Keys, _, _, _) ->
    {fun() -> overwrite(T, Keys, 1) end, length(Keys)};
work(mixed, T, Keys, _, 1, Processes) ->
    Every = 10 div Processes,
    {fun() -> mixed(T, Keys, Every, Every) end, length(Keys)};
work(mixed, T, Keys, _, _, _) ->
    {fun() -> read(T, Keys) end, length(Keys)};
work(range, T, Keys, _, _, _) ->
    From = lists:sublist(Keys, ?RANGES),
    {fun() -> lists:foreach(fun(Key) -> range(T, Key, ?RANGE) end, From) end, length(From)};
work(scan, T, Keys, _, _, _) ->
    {fun() -> lists:foldl(fun(Row, Sum) -> element(3, Row) + Sum end, 0, ets:tab2list(T)) end, length(Keys)};
work('bag-read', T, Keys, _, _, _) ->
    {fun() -> read(T, Keys) end, length(Keys)};
work('bag-replace', T, Keys, RowsPerKey, _, _) ->
    {fun() -> replace(T, Keys, 0, RowsPerKey) end, length(Keys)}.

read(T, [Key | Keys]) ->
    [_ | _] = ets:lookup(T, Key),
    read(T, Keys);
read(_, []) ->
    ok.

overwrite(T, [Key | Keys], Count) ->
    ets:insert(T, row(Key, Count)),
    overwrite(T, Keys, Count);
overwrite(_, [], _) ->
    ok.

mixed(T, [Key | Keys], 1, Every) ->
    ets:insert(T, row(Key, 1)),
    mixed(T, Keys, Every, Every);
mixed(T, [Key | Keys], Left, Every) ->
    [_] = ets:lookup(T, Key),
    mixed(T, Keys, Left - 1, Every);
mixed(_, [], _, _) ->
    ok.

replace(T, [Key | Keys], Count, RowsPerKey) ->
    Row = row(Key, Count),
    ets:delete_object(T, Row),
    ets:insert(T, Row),
    replace(T, Keys, (Count + 1) rem RowsPerKey, RowsPerKey);
replace(_, [], _, _) ->
    ok.

range(_, '$end_of_table', _) ->
    ok;
range(_, _, 0) ->
    ok;
range(T, Key, Left) ->
    [_] = ets:lookup(T, Key),
    range(T, ets:next(T, Key), Left - 1).

%% Processes start together; each runs its own function. A new process each pass, so that no garbage is carried over.
passes(Passes, Count, Functions) ->
    Times = [pass(Functions) / Count || _ <- lists:seq(0, Passes)],
    [io:format("~.1f~n", [Time]) || Time <- tl(Times)].

pass(Functions) ->
    Self = self(),
    Started = [start(Self, Function) || Function <- Functions],
    [receive {ready, Pid} -> ok end || Pid <- Started],
    Start = erlang:monotonic_time(nanosecond),
    [Pid ! go || Pid <- Started],
    [receive {done, Pid} -> ok end || Pid <- Started],
    erlang:monotonic_time(nanosecond) - Start.

start(Self, Function) ->
    spawn_opt(
        fun() ->
            garbage_collect(),
            Self ! {ready, self()},
            receive go -> ok end,
            Function(),
            Self ! {done, self()}
        end,
        [link, {min_heap_size, ?HEAP_WORDS}]
    ).

shuffled(Kind, Count) ->
    shuffle([key(Kind, N) || N <- lists:seq(0, Count - 1)]).

shuffle(Keys) ->
    [Key || {_, Key} <- lists:sort([{rand:uniform(), Key} || Key <- Keys])].

key("LONG", N) ->
    N;
key("SID", N) ->
    <<Digest:16/binary>> = erlang:md5(<<N:64>>),
    <<"CA", (binary:encode_hex(Digest))/binary>>.
