-- What: how many cases stay in their regions, by country, product category and month.
-- Why: where records may not leave, the region still appears in the group's totals.
-- Who must act: nobody. Expected time on a full table: new table, instant.

create table resident_count (
    region              text not null,
    country             text not null,
    product_category    text not null,
    month               text not null,              -- '2026-11', empty when not told
    count               bigint not null,
    reported_at         timestamptz not null,
    primary key (region, country, product_category, month)
);
