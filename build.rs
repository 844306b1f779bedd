//! Links the program to fixed addresses. Else each start would first move some 17,000 pointers to where the program
//! happens to lie: a fifth of the time that its first screen takes, and 400 KB of a list of them.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |part: &str| std::env::var(format!("CARGO_CFG_TARGET_{part}"));
    if target("OS").as_deref() == Ok("linux") && target("ENV").as_deref() == Ok("gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
