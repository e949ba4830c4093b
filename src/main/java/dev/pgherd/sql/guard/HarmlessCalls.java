package dev.pgherd.sql.guard;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Functions and operators of PostgreSQL that work out a value and do nothing else; what is none of them may do anything. */
final class HarmlessCalls {

    static final Set<String> OPERATORS = Set.of(
            "||", "->", "->>", "#>", "#>>", "#-", "@>", "<@", "?", "?|", "?&", "@@", "@?", "~", "~*", "!~", "!~*", "~~",
            "~~*", "!~~", "!~~*", "&&", "&", "|", "#", "<<", ">>", "-|-");

    private static final Set<String> FUNCTIONS = words("""
            abs age array_agg array_append array_cat array_length array_position array_prepend array_remove array_replace
            array_to_string array_upper ascii avg bit_and bit_or bool_and bool_or btrim cardinality ceil ceiling char_length
            chr clock_timestamp concat concat_ws count cume_dist currval date_bin date_part date_trunc decode dense_rank div
            encode every exp first_value floor format gen_random_uuid generate_series initcap isfinite json_agg json_array_elements
            json_array_elements_text json_array_length json_build_array json_build_object json_each json_each_text
            json_object json_object_agg json_object_keys jsonb_agg jsonb_array_elements jsonb_array_elements_text
            jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_insert jsonb_object
            jsonb_object_agg jsonb_object_keys jsonb_set jsonb_strip_nulls jsonb_typeof justify_days justify_hours
            justify_interval lag last_value lastval lead left length ln log lower lpad ltrim make_date make_interval
            make_time make_timestamp make_timestamptz max md5 min mod nextval now nth_value ntile octet_length percent_rank
            pi power random rank regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table
            repeat replace reverse right round row_number row_to_json rpad rtrim sha256 sign split_part sqrt starts_with
            statement_timestamp stddev string_agg string_to_array strpos substr sum timeofday to_char to_date to_hex to_json
            to_jsonb to_number to_timestamp to_tsquery to_tsvector transaction_timestamp translate trunc unnest upper variance
            width_bucket""");

    private HarmlessCalls() {}

    static boolean hold(Name function) {
        return (function.schema().isEmpty() || function.schema().equals("pg_catalog"))
                && FUNCTIONS.contains(function.name());
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }
}
