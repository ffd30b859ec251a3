-- MySQL dump 10.13  Distrib 5.7.21, for Linux (x86_64)
/*!40101 SET NAMES utf8 */;
CREATE TABLE `ost_department` (
  `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
  `pid` int(11) unsigned DEFAULT NULL,
  `name` varchar(128) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `ost_department` VALUES (1,NULL,'Support'),(3,1,'Lamps');
CREATE TABLE `ost_help_topic` (
  `topic_id` int(11) unsigned NOT NULL AUTO_INCREMENT,
  `topic` varchar(32) NOT NULL DEFAULT '',
  PRIMARY KEY (`topic_id`)
) ENGINE=InnoDB;
INSERT INTO `ost_help_topic` VALUES (1,'General Inquiry'),(2,'Defect');
CREATE TABLE `ost_staff` (
  `staff_id` int(11) unsigned NOT NULL AUTO_INCREMENT,
  `dept_id` int(10) unsigned NOT NULL DEFAULT '0',
  `username` varchar(32) NOT NULL DEFAULT '',
  `firstname` varchar(32) DEFAULT NULL,
  `lastname` varchar(32) DEFAULT NULL,
  `passwd` varchar(128) DEFAULT NULL,
  PRIMARY KEY (`staff_id`)
) ENGINE=InnoDB;
INSERT INTO `ost_staff` VALUES (5,3,'svogt','Sam','Vogt','$2a$08$x');
CREATE TABLE `ost_thread` (
  `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
  `object_id` int(11) unsigned NOT NULL,
  `object_type` char(1) NOT NULL,
  `extra` text,
  `lastresponse` datetime DEFAULT NULL,
  `lastmessage` datetime DEFAULT NULL,
  `created` datetime NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `ost_thread` VALUES (21,1,'T',NULL,'2018-01-02 09:00:00','2018-01-01 08:00:00','2018-01-01 08:00:00'),(22,1,'A',NULL,NULL,NULL,'2018-01-01 08:00:00');
CREATE TABLE `ost_thread_entry` (
  `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
  `pid` int(11) unsigned NOT NULL DEFAULT '0',
  `thread_id` int(11) unsigned NOT NULL DEFAULT '0',
  `staff_id` int(11) unsigned NOT NULL DEFAULT '0',
  `user_id` int(11) unsigned NOT NULL DEFAULT '0',
  `type` char(1) NOT NULL DEFAULT '',
  `flags` int(11) unsigned NOT NULL DEFAULT '0',
  `poster` varchar(128) NOT NULL DEFAULT '',
  `source` varchar(32) NOT NULL DEFAULT '',
  `title` varchar(255) DEFAULT NULL,
  `body` text NOT NULL,
  `format` varchar(16) NOT NULL DEFAULT 'html',
  `ip_address` varchar(64) NOT NULL DEFAULT '',
  `created` datetime NOT NULL,
  `updated` datetime NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `ost_thread_entry` VALUES (31,0,21,0,4711,'M',65,'Ida Probst','Web','Lamp stays dark','It\'s dark;\r\nhelp','text','203.0.113.9','2018-01-01 08:00:00','0000-00-00 00:00:00'),(33,31,21,5,0,'R',576,'Sam Vogt','','Re: Lamp','Which lamp?','text','198.51.100.7','2018-01-02 09:00:00','0000-00-00 00:00:00'),(32,31,21,5,0,'N',512,'Sam Vogt','','note','Odd','text','198.51.100.7','2018-01-01 09:00:00','0000-00-00 00:00:00'),(34,0,22,5,0,'N',512,'Sam Vogt','','of a task','No part of it','text','198.51.100.7','2018-01-01 10:00:00','0000-00-00 00:00:00');
CREATE TABLE `ost_ticket` (
  `ticket_id` int(11) unsigned NOT NULL AUTO_INCREMENT,
  `number` varchar(20) DEFAULT NULL,
  `user_id` int(11) unsigned NOT NULL DEFAULT '0',
  `status_id` int(10) unsigned NOT NULL DEFAULT '0',
  `dept_id` int(10) unsigned NOT NULL DEFAULT '0',
  `topic_id` int(10) unsigned NOT NULL DEFAULT '0',
  `staff_id` int(10) unsigned NOT NULL DEFAULT '0',
  `team_id` int(10) unsigned NOT NULL DEFAULT '0',
  `ip_address` varchar(64) NOT NULL DEFAULT '',
  `source` enum('Web','Email','Phone','API','Other') NOT NULL DEFAULT 'Other',
  `isoverdue` tinyint(1) unsigned NOT NULL DEFAULT '0',
  `isanswered` tinyint(1) unsigned NOT NULL DEFAULT '0',
  `duedate` datetime DEFAULT NULL,
  `closed` datetime DEFAULT NULL,
  `lastupdate` datetime DEFAULT NULL,
  `created` datetime NOT NULL,
  `updated` datetime NOT NULL,
  PRIMARY KEY (`ticket_id`)
) ENGINE=InnoDB;
INSERT INTO `ost_ticket` VALUES (1,'028817',4711,6,3,2,5,0,'203.0.113.9','Web',1,1,NULL,'0000-00-00 00:00:00','2018-01-02 09:00:00','2018-01-01 08:00:00','2018-01-02 09:00:00'),(2,'028818',4712,3,1,0,0,0,'','Phone',0,0,NULL,'2018-01-03 09:00:00','2018-01-03 09:00:00','2018-01-03 08:00:00','2018-01-03 09:00:00');
CREATE TABLE `ost_ticket__cdata` (
  `ticket_id` int(11) unsigned NOT NULL DEFAULT '0',
  `subject` mediumtext,
  `priority` mediumtext,
  PRIMARY KEY (`ticket_id`)
) ENGINE=InnoDB;
INSERT INTO `ost_ticket__cdata` VALUES (1,'Lamp stays dark','4'),(2,NULL,'2');
CREATE TABLE `ost_ticket_status` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `name` varchar(60) NOT NULL DEFAULT '',
  `state` varchar(16) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `ost_ticket_status` VALUES (1,'Open','open'),(2,'Resolved','closed'),(3,'Closed','closed'),(4,'Archived','archived'),(5,'Deleted','deleted'),(6,'Waiting for parts','open');
CREATE TABLE `ost_user` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `org_id` int(10) unsigned NOT NULL,
  `default_email_id` int(10) NOT NULL,
  `status` int(11) unsigned NOT NULL DEFAULT '0',
  `name` varchar(128) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `ost_user` VALUES (4711,0,88,0,'Ida Probst');
CREATE TABLE `ost_user_email` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `user_id` int(10) unsigned NOT NULL,
  `flags` int(10) unsigned NOT NULL DEFAULT '0',
  `address` varchar(128) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `ost_user_email` VALUES (87,4711,0,'old@example.com'),(88,4711,0,'ida@example.com');
-- Dump completed on 2018-04-21 10:00:00
