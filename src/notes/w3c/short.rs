//! The short forms of JSON-LD: one for several, an IRI for an object, and the standard's own context.

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{self, Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::CONTEXT;

/// The standard's own context, or what else stood there.
pub(super) enum Context {
    Own,
    Other(Value),
}

impl Serialize for Context {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Context::Own => CONTEXT.serialize(to),
            Context::Other(context) => context.serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Context {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Context, D::Error> {
        Ok(match Value::deserialize(from)? {
            Value::String(context) if context == CONTEXT => Context::Own,
            context => Context::Other(context),
        })
    }
}

/// One or several, as JSON-LD has it: one stands alone, several in an array.
#[derive(Clone)]
pub(super) struct Many<T>(pub(super) Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Many(Vec::new())
    }
}

impl<T> Many<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Serialize> Serialize for Many<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => one.serialize(to),
            several => several.serialize(to),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visitor<T>(std::marker::PhantomData<T>);
        impl<'de, T: DeserializeOwned> de::Visitor<'de> for Visitor<T> {
            type Value = Many<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("one or an array")
            }
            fn visit_unit<E: de::Error>(self) -> Result<Many<T>, E> {
                Ok(Many::default())
            }
            fn visit_str<E: de::Error>(self, one: &str) -> Result<Many<T>, E> {
                Ok(Many(vec![T::deserialize(StrDeserializer::new(one))?]))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, one: A) -> Result<Many<T>, A::Error> {
                Ok(Many(vec![T::deserialize(MapAccessDeserializer::new(one))?]))
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut several: A) -> Result<Many<T>, A::Error> {
                let mut all = Vec::new();
                while let Some(one) = several.next_element()? {
                    all.push(one);
                }
                Ok(Many(all))
            }
        }
        from.deserialize_any(Visitor(std::marker::PhantomData))
    }
}

/// An object, or its IRI alone, which in JSON-LD is short for an object with nothing but an `id`.
#[derive(Clone)]
pub(super) struct Node<T>(pub(super) T);

impl<T: Serialize> Serialize for Node<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Node<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visitor<T>(std::marker::PhantomData<T>);
        impl<'de, T: DeserializeOwned> de::Visitor<'de> for Visitor<T> {
            type Value = Node<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an object or an IRI")
            }
            fn visit_str<E: de::Error>(self, iri: &str) -> Result<Node<T>, E> {
                let object = serde_json::json!({ "id": iri });
                T::deserialize(object).map(Node).map_err(E::custom)
            }
            fn visit_map<A: de::MapAccess<'de>>(self, object: A) -> Result<Node<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(object)).map(Node)
            }
        }
        from.deserialize_any(Visitor(std::marker::PhantomData))
    }
}
