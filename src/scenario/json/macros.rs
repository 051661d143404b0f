//! The macros that declare the types of the JSON.

/// A struct whose fields may be left out where they are optional.
macro_rules! json_struct {
    (
        $(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)* }
        optional { $($(#[$hint:meta])* $option:ident: $of:ty,)* }
    ) => {
        #[derive(Debug, Serialize, Deserialize)]
        #[cfg_attr(test, derive(JsonSchema, TS), ts(optional_fields))]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        $(#[$about])*
        pub(in crate::scenario::json) struct $name {
            $($(#[$doc])* pub $field: $type,)*
            $(
                $(#[$hint])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $option: Option<$of>,
            )*
        }
    };
}

/// Converts between a type of the JSON and one of the domain. Each row is both a pattern and an
/// expression, on either side.
macro_rules! equate {
    ($json:ty = $domain:ty { $([$($left:tt)*] = [$($right:tt)*],)* }) => {
        impl From<$domain> for $json {
            fn from(value: $domain) -> Self {
                match value { $($($right)* => $($left)*,)* }
            }
        }

        impl From<$json> for $domain {
            fn from(value: $json) -> Self {
                match value { $($($left)* => $($right)*,)* }
            }
        }
    };
}

/// An enum that is written with a `kind`, or untagged, and read with derived code without either:
/// `JsonValue` chooses the variant.
macro_rules! json_enum {
    (tagged $($rest:tt)*) => {
        json_enum! {
            [tag = "kind", rename_all = "kebab-case"] [rename_all = "kebab-case", deny_unknown_fields]
            $($rest)*
        }
    };
    (untagged $($rest:tt)*) => {
        json_enum! {
            [untagged, rename_all = "camelCase"] [rename = "untagged", rename_all = "camelCase"]
            $($rest)*
        }
    };
    ([$($write:tt)*] [$($read:tt)*] $(#[$about:meta])* $name:ident { $($variants:tt)* }) => {
        #[derive(Debug, Serialize)]
        #[cfg_attr(test, derive(JsonSchema, TS))]
        $(#[$about])*
        #[serde($($write)*, rename_all_fields = "camelCase")]
        pub(in crate::scenario::json) enum $name { $($variants)* }

        const _: () = {
            type Target = $name;

            #[derive(Deserialize)]
            #[cfg_attr(test, derive(TS))]
            #[serde(remote = "Target", rename_all_fields = "camelCase", $($read)*)]
            enum Variants { $($variants)* }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    Variants::deserialize(deserializer)
                }
            }
        };
    };
}

/// Reads an object that two types share; the fields of the first one are listed as
/// `JsonValue::deserialize_tuple_struct` takes them.
macro_rules! json_parts {
    ($name:ident { $first:ident: $fields:literal, $second:ident }) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[derive(Deserialize)]
                #[serde(rename = $fields)]
                struct Parts<A, B>(A, B);

                let Parts($first, $second) = Parts::deserialize(deserializer)?;
                Ok(Self { $first, $second })
            }
        }
    };
}

pub(super) use {equate, json_enum, json_parts, json_struct};
