//! `nigari man`.

use nigari_test_support::cluster::Cluster;
use snapbox::{assert_data_eq, str};

#[test]
fn prints_the_page_of_a_command() {
    let cluster = Cluster::empty();
    let own = cluster.nigari("man");
    assert!(own.stdout().contains(".TH nigari 1"), "{own}");
    let page = cluster.nigari("man get ks");
    assert!(page.stdout().contains(".TH nigari-get-kustomization 1"), "{page}");
    assert_data_eq!(
        cluster.nigari("man get deployments").to_string(),
        str![[r#"
------- stderr -------
error: "nigari get" has no command "deployments"
  hint: nigari get --help
[exit status: 2]

"#]]
    );
}

#[test]
fn installs_every_page_and_again() {
    let cluster = Cluster::empty();
    let folder = cluster.0.home().join("share/man");
    let install = format!("man --install {}", folder.display());
    let first = cluster.nigari(&install).to_string();
    assert_eq!(cluster.nigari(&install).to_string(), first);
    let pages = std::fs::read_dir(folder.join("man1")).unwrap().count();
    assert_eq!(
        first,
        format!("------- stderr -------\n✔ {pages} pages are in [ROOT]/home/share/man/man1\n")
    );
    let committed = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/man")).unwrap().count();
    assert_eq!(pages, committed);
    assert_data_eq!(
        cluster.nigari("man --install /dev/null").to_string(),
        str![[r#"
------- stderr -------
error: cannot make /dev/null/man1
  cause: Not a directory (os error 20)
[exit status: 1]

"#]]
    );
}
